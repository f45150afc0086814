import { maskSecrets } from './render.ts';

test('random values are masked in Secrets and not in other objects', () => {
  const random = 'abcdefghijklmnopqrstuvwxyz012345';
  const manifests = `---
kind: Secret
stringData:
  email: editor@viernes.example
  password: ${random}
  url: redis://:${random}@viernes-valkey:6379
---
kind: ConfigMap
data:
  digest: ${random}
`;
  expect(maskSecrets(manifests)).toBe(`---
kind: Secret
stringData:
  email: editor@viernes.example
  password: generated-by-install
  url: redis://:generated-by-install@viernes-valkey:6379
---
kind: ConfigMap
data:
  digest: ${random}
`);
});
