export { requireData, EdgeClient, type EdgeClientOptions } from './edge/edge-client.js';
export { findOrCreateTitle } from './edge/titles.js';
export { seed } from './seed/seed.js';
export { uploadVideo } from './upload/upload-video.js';
export { generateVideo, type GeneratedVideo } from './video/generate-video.js';
