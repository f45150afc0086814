import { deserializeOnce, serializeOnce } from './codec-once.js';

describe('serializeOnce', () => {
  let calls = 0;
  const method = serializeOnce({
    path: '/service/method',
    responseSerialize: (response: { readonly name: string }) => {
      calls += 1;
      return Buffer.from(response.name);
    },
  });

  it('serializes an object once, and equal objects separately', () => {
    const response = { name: 'Metropolis' };
    expect(method.responseSerialize(response)).toBe(method.responseSerialize(response));
    expect(calls).toBe(1);
    expect(method.responseSerialize({ ...response })).toEqual(Buffer.from('Metropolis'));
    expect(calls).toBe(2);
  });

  it('keeps the other fields of the definition', () => {
    expect(method.path).toBe('/service/method');
  });
});

describe('deserializeOnce', () => {
  it('returns the same object for equal bytes, until other bytes arrive', () => {
    const method = deserializeOnce({ responseDeserialize: (bytes: Buffer) => ({ name: bytes.toString() }) });
    const read = (text: string) => method.responseDeserialize(Buffer.from(text));
    const first = read('Metropolis');
    expect(first).toEqual({ name: 'Metropolis' });
    expect(read('Metropolis')).toBe(first);
    expect(read('Nosferatu')).toEqual({ name: 'Nosferatu' });
    expect(read('Metropolis')).toEqual(first);
  });
});
