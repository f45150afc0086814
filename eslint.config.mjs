import nx from '@nx/eslint-plugin';
import i18next from 'eslint-plugin-i18next';
import tseslint from 'typescript-eslint';

// Allowed dependencies. Types point inward (app -> adapter -> pure -> contracts). Scopes separate deployables.
export const depConstraints = [
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:adapter', 'type:pure', 'type:contracts', 'type:testing'] },
  {
    sourceTag: 'type:adapter',
    onlyDependOnLibsWithTags: ['type:adapter', 'type:pure', 'type:contracts', 'type:testing'],
  },
  { sourceTag: 'type:pure', onlyDependOnLibsWithTags: ['type:pure', 'type:contracts'] },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:testing', 'type:contracts'] },
  // The benchmark imports one app, the cli, which only uses the HTTP API.
  {
    sourceTag: 'type:tool',
    onlyDependOnLibsWithTags: ['type:adapter', 'type:pure', 'type:contracts', 'type:testing', 'type:app'],
  },
  // Composes apps into one process. No constraint allows this tag as a dependency.
  {
    sourceTag: 'type:composition',
    onlyDependOnLibsWithTags: ['type:app', 'type:adapter', 'type:contracts', 'type:testing'],
  },
  { sourceTag: 'scope:edge', onlyDependOnLibsWithTags: ['scope:edge', 'scope:shared', 'scope:translations'] },
  { sourceTag: 'scope:service', onlyDependOnLibsWithTags: ['scope:shared', 'scope:translations'] },
  {
    sourceTag: 'scope:monolith',
    onlyDependOnLibsWithTags: ['scope:edge', 'scope:service', 'scope:shared'],
  },
  { sourceTag: 'scope:worker', onlyDependOnLibsWithTags: ['scope:shared'] },
  {
    sourceTag: 'scope:web',
    onlyDependOnLibsWithTags: ['scope:web', 'scope:api-client', 'scope:title-csv', 'scope:translations'],
  },
  {
    sourceTag: 'scope:cli',
    onlyDependOnLibsWithTags: ['scope:cli', 'scope:api-client', 'scope:title-csv', 'scope:translations'],
  },
  {
    sourceTag: 'scope:acceptance',
    onlyDependOnLibsWithTags: ['scope:acceptance', 'scope:api-client', 'scope:translations'],
  },
  { sourceTag: 'scope:api-fuzz', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:bench', onlyDependOnLibsWithTags: ['scope:shared', 'scope:cli', 'scope:edge'] },
  { sourceTag: 'scope:tools', onlyDependOnLibsWithTags: ['scope:shared'] },
  { sourceTag: 'scope:title-csv', onlyDependOnLibsWithTags: ['scope:api-client'] },
  { sourceTag: 'scope:api-client', onlyDependOnLibsWithTags: ['scope:api-client'] },
  { sourceTag: 'scope:translations', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared', 'scope:translations'] },
];

export default tseslint.config(
  {
    ignores: ['**/dist', '**/src/gen', '**/node_modules', '*.config.*', 'apps/*/*.config.*', '.viernes', '.nx'],
  },
  ...tseslint.configs.recommended,
  {
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': ['error', { enforceBuildableLibDependency: true, allow: [], depConstraints }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-restricted-exports': [
        'error',
        {
          restrictDefaultExports: {
            direct: true,
            named: true,
            defaultFrom: true,
            namedFrom: true,
            namespaceFrom: true,
          },
        },
      ],
    },
  },
  {
    // Texts that users read are in libs/translations. The compiler rejects keys that have no text.
    files: ['apps/web/src/**/*.{ts,tsx}', 'apps/user/src/mail/letter.ts', 'apps/edge/src/static/*link-preview.ts'],
    // Commands for a terminal have no language.
    ignores: ['**/*.spec.ts', '**/*.d.ts', 'apps/web/src/poster/**', 'apps/web/src/developer/api-call.ts'],
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': [
        'error',
        {
          framework: 'react',
          mode: 'all',
          message: 'Texts belong to libs/translations',
          'should-validate-template': true,
          // Texts have a capitalized word or several words. Codes, class names, URLs, and dates have neither.
          words: {
            exclude: [
              /^(?![\s\S]*(?:^|[\s>`])\p{Lu}\p{Ll})(?![\s\S]*\p{Ll}{2} \p{Ll}{2})[\s\S]*$/u,
              // Markup of mails and link previews.
              /^(?:[^<>]*>)?(?:<[^<>]*>|(?: ?· )?Viernes)*(?:<[^<>]*)?$/,
              /^(?:Bearer$|If-Match$|Enter$|Escape$|Tab$|Arrow\w+$|Viernes$|Problem$|Action$)/,
            ],
          },
          'jsx-attributes': { exclude: ['className', 'd', 'to', 'type', 'pattern', 'accept', 'transform'] },
          callees: { exclude: ['t', 'Error', 'TypeError', 'RangeError', 'matchMedia', 'querySelector'] },
          'object-properties': { exclude: ['title'] },
        },
      ],
    },
  },
  {
    // Messages of invalid fields are in libs/translations, too. Those of invalid settings are only for operators.
    files: ['apps/{edge,catalog,user,video}/src/**/*.ts', 'libs/{gateway,messaging,platform}/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/config.ts', '**/*.config.ts', 'libs/platform/src/config/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          'CallExpression[callee.property.name=/^(refine|regex|addIssue)$/] > :matches(TemplateLiteral, Literal[value=/ /])',
          'CallExpression[callee.property.name=/^(refine|regex)$/] Property[key.name=/^(error|message)$/] > :not(Identifier)',
        ].map((selector) => ({
          selector,
          message: "Use fieldError('reason'). Its text belongs to libs/translations.",
        })),
      ],
    },
  },
  {
    // Vitest requires reporters to be default exports.
    files: ['tools/**/*-reporter.ts'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    // NestJS reads constructor types at run time. Type imports would break dependency injection.
    files: [
      'apps/{edge,catalog,user,video,transcoder}/src/**/*.ts',
      'apps/bench/src/baseline/peer/**/*.ts',
      'libs/**/src/**/*.ts',
    ],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'],
    ignores: [
      '**/src/config.ts',
      '**/*.spec.ts',
      '**/src/testing/**',
      'libs/testing/**',
      'apps/{acceptance,api-fuzz}/**',
      '**/main.ts',
      '**/write-openapi.ts',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only src/config.ts reads settings.' },
      ],
    },
  },
);
