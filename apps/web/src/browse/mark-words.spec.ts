import { markWords } from './mark-words.js';

describe('markWords', () => {
  it.each([
    ['The Godfather', 'god', ['The ', 'God', 'father']],
    ['The Godfather', 'the g', ['', 'The', ' ', 'G', 'odfather']],
    ['Amélie', 'ame', ['', 'Amé', 'lie']],
    ['Ame\u0301lie', 'ame', ['', 'Ame\u0301', 'lie']],
    ['Le Fabuleux', 'FÁB', ['Le ', 'Fab', 'uleux']],
    ['東京物語', '東京', ['', '東京', '物語']],
    ['Metropolis', 'polis', ['Metropolis']],
    ['Metropolis', '"', ['Metropolis']],
  ])('in %s, marks the beginnings of words that match %s', (name, query, parts) => {
    expect(markWords(name, query)).toEqual(parts);
  });
});
