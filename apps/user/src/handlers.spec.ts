import { declaredConsumers } from '@viernes/contracts';
import { consumersOf } from '@viernes/messaging';
import { HANDLERS } from './handlers.js';

it('reads the events that the catalogue says it reads, and no others', () => {
  expect(consumersOf(HANDLERS)).toEqual(declaredConsumers('user'));
});
