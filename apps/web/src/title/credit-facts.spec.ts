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
  const describeFacts = (details: Partial<Schema<'TitleDetails'>>) =>
    facts(details).map(
      ({ label, values }) => `${label}: ${values.map(({ name, path }) => `${name} ${path}`).join(', ')}`,
    );

  it('lists directors before the cast, and actors with their characters', () => {
    const credits = [credit('Brigitte Helm', 'actor', 'Maria'), credit('Fritz Lang', 'director')];
    expect(facts({ credits })).toEqual([
      { label: 'Directed by', values: [{ name: 'Fritz Lang', path: '/people/Fritz Lang', character: null }] },
      { label: 'Cast', values: [{ name: 'Brigitte Helm', path: '/people/Brigitte Helm', character: 'Maria' }] },
    ]);
  });

  it('lists only the first 12 actors of a large cast', () => {
    const credits = Array.from({ length: 50 }, (_, index) => credit(`Actor ${index}`, 'actor'));
    expect(facts({ credits })[0]?.values).toHaveLength(12);
  });

  it('lists countries and languages with links to their titles', () => {
    expect(describeFacts({ countries: ['DE', 'FR'], languages: ['de'] })).toEqual([
      'Countries: Germany /browse?country=DE, France /browse?country=FR',
      'Language: German /browse?language=de',
    ]);
  });
});
