import { runProcess } from '@viernes/platform';
import { readConfig } from './config.js';
import { createEdge, listen } from './create-edge.js';

const config = readConfig(process.env);

await runProcess({
  name: 'edge',
  config,
  start: async (parts) => {
    const edge = await createEdge(config, parts);
    await listen(edge, config.HTTP_ADDRESS);
    return edge;
  },
});
