// Creates the next signing key while the service is running: node apps/user/dist/signing-key-rotation/main.js
import 'reflect-metadata';
import { readRotationConfig } from '../config.js';
import { rotateSigningKey } from './rotate-signing-key.js';

await rotateSigningKey(readRotationConfig(process.env), (line) => console.log(line));
