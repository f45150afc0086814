export {
  ObjectStore,
  type Audience,
  type GetOptions,
  type PartToSign,
  type StoredObject,
  type StoredPart,
} from './object-store.js';
export { S3ObjectStore } from './s3-object-store.js';
export { type S3Options } from './s3-clients.js';
