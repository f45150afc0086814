import type { Schema } from '@viernes/api-client';
import { listCreditFacts } from './credit-facts.js';

const credit = (name: string, role: Schema<'Credit'>['role'], character: string | null = null) => ({
  personId: name,
  name,
  role,
  character,
});

describe('listCreditFacts', () => {
  const facts = (details: Partial<Schema<'TitleDetails'>>) =>
    listCreditFacts({ credits: [], countries: [], languages: [], ...details } as unknown as Schema<'TitleDetails'>);

  it('names directors before the cast, with their characters', () => {
    const credits = [credit('Brigitte Helm', 'actor', 'Maria'), credit('Fritz Lang', 'director')];
    expect(facts({ credits })).toEqual([
      { label: 'Directed by', text: 'Fritz Lang' },
      { label: 'Cast', text: 'Brigitte Helm (Maria)' },
    ]);
  });

  it('omits minor parts of a large cast', () => {
    const credits = Array.from({ length: 50 }, (_, index) => credit(`Actor ${index}`, 'actor'));
    expect(facts({ credits })[0]?.text.split(', ')).toHaveLength(12);
  });

  it('names countries and languages', () => {
    expect(facts({ countries: ['DE', 'FR'], languages: ['de'] })).toEqual([
      { label: 'Countries', text: 'Germany, France' },
      { label: 'Language', text: 'German' },
    ]);
  });
});
