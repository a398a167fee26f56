import type { Command } from 'commander';
import { AUDIT_ACTIONS } from '#contract/audit-actions';
import type { CliContext } from '../context.ts';
import { type AuditOptions, addLimitOption, addOutputOptions, type Ended, examples } from '../options/common.ts';
import { moment, oneOf } from '../options/values.ts';

const NOTES = `
Without --to: what happened on this computer, in every window and command. With --to: what happened to that database,
whoever did it; "--to embedded" is the embedded one. Newest first; nothing in it is ever changed or deleted.
Actions: ${AUDIT_ACTIONS.join(', ')}.
`;

export function addAudit(program: Command, context: CliContext, ended: Ended): void {
  const command = program
    .command('audit')
    .description('who loaded, undid or exported what, when, from which files with which hashes')
    .option('--to <server>', 'a saved connection, postgres://user@host:port/database, or embedded')
    .option('--action <action>', 'only this', oneOf('--action', AUDIT_ACTIONS))
    .option('--since <date>', 'from this day (2026-11-22) or moment on', moment('--since'))
    .option('--text <words>', 'stands in who, where, or any fact')
    .option('--out <file.csv>', 'write it as CSV ("-" for standard output)');
  addLimitOption(command, 'at most this many (default: 50 to be read, all as CSV or JSON)');
  addOutputOptions(command);
  command
    .addHelpText(
      'after',
      examples(
        'loadstone audit',
        'loadstone audit --action undone --since 2026-11-01',
        'loadstone audit --to archive --out audit.csv',
        'loadstone audit --json | jq .entries',
      ) + NOTES,
    )
    .action(async (options: AuditOptions) => {
      const { runAudit } = await import('../actions/audit.ts');
      ended(await runAudit(context, options));
    });
}
