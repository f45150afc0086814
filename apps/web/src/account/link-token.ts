/** Reads the token of a link in a mail. It is in the fragment, which browsers do not send to servers. */
export const readLinkToken = (): string => location.hash.slice(1);
