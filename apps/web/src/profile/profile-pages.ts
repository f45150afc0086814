export { NewProfilePage, ProfilePage } from './profile-page.js';
export { ProfilesPage } from './profiles-page.js';
export { WhoPage } from './who-page.js';
