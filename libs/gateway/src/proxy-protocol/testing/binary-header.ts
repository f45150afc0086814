export const PROXY = 0x21;
export const LOCAL = 0x20;
export const UNSPECIFIED = 0x00;
export const TCP4 = 0x11;
export const TCP6 = 0x21;
export const UNIX = 0x31;

/** Returns a PROXY protocol header of version 2. @param block addresses, ports, and fields */
export function binaryHeader(family: number, block: Buffer, versionAndCommand = PROXY): Buffer {
  const start = Buffer.from([...Buffer.from('\r\n\r\n\0\r\nQUIT\n'), versionAndCommand, family, 0, 0]);
  start.writeUInt16BE(block.length, 14);
  return Buffer.concat([start, block]);
}

export function field(type: number, value: Buffer): Buffer {
  const start = Buffer.from([type, 0, 0]);
  start.writeUInt16BE(value.length, 1);
  return Buffer.concat([start, value]);
}

/** Returns the field in the format of HAProxy: flags, result of the verification, and the version of TLS as a nested field. */
export function sslField(flags: number): Buffer {
  return field(0x20, Buffer.concat([Buffer.from([flags, 0, 0, 0, 0]), field(0x21, Buffer.from('TLSv1.3'))]));
}
