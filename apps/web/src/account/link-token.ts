/** The token of a link in a mail. It is the fragment, which browsers send to no server. */
export const readLinkToken = (): string => location.hash.slice(1);
