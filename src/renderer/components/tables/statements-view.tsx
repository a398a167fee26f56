import { sqlTokens } from './sql-tokens.ts';
import classes from './statements-view.module.css';

/** A script to be read. */
export function StatementsView({ sql }: { readonly sql: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre className={classes.code} tabIndex={0}>
      <code>
        {sqlTokens(sql).map(({ kind, text }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
          <span key={at} data-kind={kind}>
            {text}
          </span>
        ))}
      </code>
    </pre>
  );
}
