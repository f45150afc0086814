/** A text in parts, of which every second one matches a search. */
export function Highlighted({ parts }: { readonly parts: readonly string[] }) {
  // The parts of a text never change their order.
  return parts.map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
}
