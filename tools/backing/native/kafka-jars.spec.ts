import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseList, verify } from './kafka-jars.ts';

describe('verify', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'viernes-jars-'));
    writeFileSync(join(folder, 'a-1.jar'), 'jar');
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const hashes = parseList(`g:a:1 ${createHash('sha256').update('jar').digest('hex')}`);

  it('accepts the listed jars', async () => {
    await expect(verify(folder, hashes)).resolves.toBeUndefined();
  });

  it('rejects a changed jar, a missing jar, and a jar that is not listed', async () => {
    writeFileSync(join(folder, 'a-1.jar'), 'other');
    await expect(verify(folder, hashes)).rejects.toThrow('a-1.jar does not have the SHA-256 in jars.txt');
    rmSync(join(folder, 'a-1.jar'));
    await expect(verify(folder, hashes)).rejects.toThrow(/ENOENT.*a-1\.jar/);
    writeFileSync(join(folder, 'a-1.jar'), 'jar');
    writeFileSync(join(folder, 'b-1.jar'), 'jar');
    await expect(verify(folder, hashes)).rejects.toThrow('b-1.jar does not have the SHA-256 in jars.txt');
  });
});

describe('parseList', () => {
  it('parses every line of jars.txt', () => {
    const list = readFileSync(new URL('./jars.txt', import.meta.url), 'utf8');
    expect([...parseList(list).keys()].filter((file) => file.startsWith('kafka-clients-'))).toHaveLength(1);
  });
});
