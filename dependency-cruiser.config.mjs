// Folders of one app or library must not depend on each other in a cycle. Nx checks dependencies between projects.
const PROJECTS = '^(apps|libs)/[^/]+/src/';

export default {
  forbidden: [
    {
      name: 'no-folder-cycles',
      comment: 'Move the shared code to the folder that both can depend on, or merge the folders.',
      severity: 'error',
      scope: 'folder',
      from: { path: PROJECTS },
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules|/dist/' },
    exclude: { path: '(\\.spec\\.tsx?$|/dist/|/src/gen/|node_modules)' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6'],
    enhancedResolveOptions: { conditionNames: ['@viernes/source', 'import', 'default'] },
  },
};
