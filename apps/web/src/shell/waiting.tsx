/** A whole screen that is not here yet. */
export function Waiting() {
  return (
    <div className="waiting" role="status">
      <span className="waiting-reel" aria-hidden="true" />
      <span className="visually-hidden">Loading</span>
    </div>
  );
}
