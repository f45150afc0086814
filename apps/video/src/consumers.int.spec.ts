import { declaredConsumers } from '@viernes/contracts';
import { HandlerRegistry } from '@viernes/messaging';
import { startVideo } from './testing/video-service.js';

it('handles exactly the events that the event registry declares for video', async () => {
  const video = await startVideo();
  try {
    expect(video.get(HandlerRegistry).consumers()).toEqual(declaredConsumers('video'));
  } finally {
    await video.stop();
  }
});
