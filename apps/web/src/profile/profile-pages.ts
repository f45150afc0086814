export { NewProfilePage, ProfilePage } from './profile-page.js';
export { ProfilesPage } from './profiles-page.js';
export { SelectProfilePage } from './select-profile-page.js';
