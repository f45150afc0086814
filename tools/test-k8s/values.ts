/** Generous: all visitors of a demonstration come from one address, and limits are shown elsewhere. */
const LIMITS = {
  RATE_LIMIT_GENERAL_PER_MINUTE: '1000000',
  RATE_LIMIT_SIGN_IN_PER_MINUTE: '10000',
  RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: '10000',
  RATE_LIMIT_SIGN_UP_PER_IP_PER_MINUTE: '10000',
};

export interface TestValues {
  readonly nodePort: number;
  readonly imageTag: string;
  readonly editorSecret: string;
}

/** Where a release under test differs from a standard one. Hands scale it, so no autoscaler does but where one is shown. */
export function testValues({ nodePort, imageTag, editorSecret }: TestValues): unknown {
  const byHand = { autoscaling: { enabled: false } };
  return {
    image: { tag: imageTag },
    editor: { existingSecret: editorSecret },
    edge: { service: { type: 'NodePort', nodePort } },
    services: {
      edge: { ...byHand, extraEnv: LIMITS },
      ...Object.fromEntries(['catalog', 'user', 'video', 'transcoder'].map((service) => [service, byHand])),
    },
  };
}
