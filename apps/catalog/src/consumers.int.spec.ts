import { declaredConsumers } from '@viernes/contracts';
import { HandlerRegistry } from '@viernes/messaging';
import { startCatalog } from './testing/start-catalog.js';

it('handles exactly the events that the event registry declares for catalog', async () => {
  const catalog = await startCatalog();
  try {
    expect(catalog.get(HandlerRegistry).consumers()).toEqual(declaredConsumers('catalog'));
  } finally {
    await catalog.stop();
  }
});
