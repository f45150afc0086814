import { execa } from 'execa';

const ANY_OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: any }\n';

/** kubeconform of the PATH, with schemas from KUBECONFORM_SCHEMAS (its -schema-location) or from where it gets them by default. */
export class Kubeconform {
  private readonly flags: readonly string[];

  constructor(env: NodeJS.ProcessEnv) {
    const location = env['KUBECONFORM_SCHEMAS'];
    const schemas = location === undefined ? [] : ['-schema-location', location];
    // Kinds without a schema, such as those of the Gateway API, are for the API server to judge.
    this.flags = ['-strict', '-ignore-missing-schemas', ...schemas, '-'];
  }

  /** Whether the program and its schemas can be reached. */
  async isThere(): Promise<boolean> {
    return (await this.run(ANY_OBJECT)).exitCode === 0;
  }

  /** What it has against these objects. */
  async faults(manifests: string): Promise<readonly string[]> {
    const { exitCode, all } = await this.run(manifests);
    return exitCode === 0 ? [] : [all];
  }

  private run(manifests: string) {
    return execa('kubeconform', this.flags, { input: manifests, all: true, reject: false });
  }
}
