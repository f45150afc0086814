export { EdgeClient, type EdgeAccount } from './edge/edge-client.js';
export { findOrMakeTitle } from './edge/titles.js';
export { makeFilm, type DrawnFilm } from './film/make-film.js';
export { seed } from './seed/seed.js';
export { uploadFilm } from './upload/upload-film.js';
