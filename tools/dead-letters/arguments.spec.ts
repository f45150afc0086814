import { readCommand, SERVICES, UsageError } from './arguments.ts';

const ID = '0b7c6a52-4b38-4a0e-9d2c-6f3f1f6f0a11';
const everywhere = { services: SERVICES, type: undefined };

describe('the words after npm run dead-letters', () => {
  it.each([[[]], [['help']], [['--help']], [['list', '-h']]])('%j ask for help', (args) => {
    expect(readCommand(args)).toEqual({ name: 'help' });
  });

  it('list what waits for a decision, of every service', () => {
    expect(readCommand(['list'])).toEqual({ name: 'list', state: 'parked', filter: everywhere, isJson: false });
  });

  it('narrow a list down', () => {
    const args = ['list', '--state', 'all', '--service', 'user', '--type', 'viernes.video.published.v1', '--json'];
    const filter = { services: ['user'], type: 'viernes.video.published.v1' };
    expect(readCommand(args)).toEqual({ name: 'list', state: undefined, filter, isJson: true });
  });

  it('name one or many', () => {
    expect(readCommand(['show', ID])).toMatchObject({ name: 'show', id: ID });
    expect(readCommand(['redrive', ID, ID])).toMatchObject({ name: 'redrive', ids: [ID, ID] });
    expect(readCommand(['redrive', '--all'])).toMatchObject({ name: 'redrive', ids: 'all' });
    expect(readCommand(['drop', ID])).toMatchObject({ name: 'drop', ids: [ID], isSure: false });
    expect(readCommand(['drop', ID, '-y'])).toMatchObject({ isSure: true });
  });

  it.each([
    [['lst']],
    [['show']],
    [['show', '17']],
    [['show', ID, ID]],
    [['redrive']],
    [['redrive', '--all', ID]],
    [['drop', '--all']],
    [['drop']],
    [['list', ID]],
    [['list', '--state', 'lost']],
    [['list', '--service', 'edge']],
    [['list', '--colour']],
  ])('%j are refused', (args) => {
    expect(() => readCommand(args)).toThrow(UsageError);
  });
});
