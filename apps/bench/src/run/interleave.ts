/**
 * Runs all variants in each round, in reverse order in every second round (ABBA), so that other load on the machine and
 * drift affect all of them equally.
 *
 * @returns one sample per round for each variant
 */
export async function interleave<Samples extends Readonly<Record<string, unknown>>>(
  rounds: number,
  variants: { readonly [Name in keyof Samples]: (round: number) => Promise<Samples[Name]> },
): Promise<{ readonly [Name in keyof Samples]: readonly Samples[Name][] }> {
  const names: (keyof Samples)[] = Object.keys(variants);
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as {
    [Name in keyof Samples]: Samples[Name][];
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples[name].push(await variants[name](round));
  }
  return samples;
}

/**
 * Divides the samples of the same round, because other load on the machine affects both equally.
 *
 * @throws RangeError if the numbers of samples differ
 */
export function toRatios(numerators: readonly number[], denominators: readonly number[]): number[] {
  if (numerators.length !== denominators.length) throw new RangeError('the numbers of samples differ');
  return numerators.map((value, round) => value / (denominators[round] ?? Number.NaN));
}
