import { maskSecrets } from './render.ts';

test('what is random in Secrets is masked, what only looks like it elsewhere is not', () => {
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
  password: made-at-install
  url: redis://:made-at-install@viernes-valkey:6379
---
kind: ConfigMap
data:
  digest: ${random}
`);
});
