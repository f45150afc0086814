// Loaded before an app. Stack traces show the TypeScript of the platform, but the compiled code of packages: their
// source maps take 25 MB of each process. Images do not contain them.
import { setSourceMapsSupport } from 'node:module';

setSourceMapsSupport(true, { nodeModules: false });
