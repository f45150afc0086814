// Rebuilds a projection while the service is running: node apps/catalog/dist/rebuild/main.js playable
import { readRebuildConfig } from '../config.js';
import { rebuildProjections } from './rebuild-projections.js';

const config = readRebuildConfig(process.env);

process.exitCode = await rebuildProjections(config, process.argv.slice(2), (line) => console.log(line));
