import { Command } from 'commander';
import { addSeedCommand } from './commands/seed.js';
import { addSmokeTestCommand } from './commands/smoke-test.js';

const program = new Command('viernes').description('Operator commands for a running Viernes platform.');
addSeedCommand(program, process.env);
addSmokeTestCommand(program, process.env);
await program.parseAsync();
