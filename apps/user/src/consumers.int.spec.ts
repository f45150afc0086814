import { declaredConsumers } from '@viernes/contracts';
import { HandlerRegistry } from '@viernes/messaging';
import { startUser } from './testing/start-user.js';

it('handles exactly the events that the event registry declares for user', async () => {
  const user = await startUser();
  try {
    expect(user.get(HandlerRegistry).consumers()).toEqual(declaredConsumers('user'));
  } finally {
    await user.stop();
  }
});
