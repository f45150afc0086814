#!/usr/bin/env node
// The one entry of every npm script: gets packages and the pinned Node, then runs tools/<command>/main.ts with it.
// Plain JavaScript without packages, because it runs before there are any, on any Node from 20 on.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMANDS, linesOf } from './bootstrap/commands.mjs';
import { pinnedNode } from './bootstrap/node-runtime.mjs';
import { installPackages, packagesAreCurrent } from './bootstrap/packages.mjs';
import { runInTurn } from './bootstrap/child.mjs';

const workspace = dirname(dirname(fileURLToPath(import.meta.url)));
const OLDEST_NODE = 20;

async function main([command, ...args]) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    return fail(`Node ${OLDEST_NODE} or newer is needed; this is ${process.versions.node}.`);
  }
  if (!Object.hasOwn(COMMANDS, command ?? '')) {
    return fail(
      `${command === undefined ? 'No command given' : `No such command: ${command}`}. There are: ${Object.keys(COMMANDS).join(', ')}.`,
    );
  }
  process.chdir(workspace);
  if (!packagesAreCurrent(workspace)) {
    const exitCode = await installPackages(workspace);
    if (exitCode !== 0) return fail('npm ci failed: what it says above is the reason.', exitCode);
  }
  const node = pinnedNode(workspace);
  if (node === undefined) {
    return fail(`Node 24 or newer is needed on ${process.platform}; this is ${process.versions.node}.`);
  }
  const lines = linesOf(command, args);
  // What apps are made of is built by the lines before; tools come with the clone.
  const missing = lines.find(
    ([program, file]) => program === 'node' && file.startsWith('tools/') && !existsSync(join(workspace, file)),
  );
  if (missing !== undefined) return fail(`${missing[1]} is missing: this clone is not whole.`);
  process.exitCode = await runInTurn(workspace, node, lines);
}

function fail(text, exitCode = 1) {
  console.error(text);
  process.exitCode = exitCode;
}

await main(process.argv.slice(2));
