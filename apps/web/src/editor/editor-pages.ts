export { EditorLayout } from './editor-layout.js';
export { EditorPage } from './editor-page.js';
export { ImportPage } from './import/import-page.js';
export { EditPersonPage } from './person/edit-person-page.js';
export { SeasonsPage } from './season/seasons-page.js';
export { EditTitlePage } from './title/edit-title-page.js';
export { NewTitlePage } from './title/new-title-page.js';
