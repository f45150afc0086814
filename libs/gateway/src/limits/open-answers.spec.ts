import { OpenAnswers } from './open-answers.js';

describe('open answers', () => {
  const places = (): OpenAnswers => new OpenAnswers('test', { ofOneKey: 2, ofAll: 3 });

  it('are bounded for each key, and over all', () => {
    const answers = places();
    answers.open('ada');
    answers.open('ada');
    expect(() => answers.open('ada')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
    answers.open('bob');
    expect(() => answers.open('eve')).toThrow(expect.objectContaining({ code: 'OVERLOADED' }));
  });

  it('give their place back, once', () => {
    const answers = places();
    const close = answers.open('ada');
    answers.open('ada');
    close();
    close();
    answers.open('ada');
    expect(() => answers.open('ada')).toThrow(expect.objectContaining({ code: 'RATE_LIMITED' }));
  });
});
