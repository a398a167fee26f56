import classes from './transfer-bar.module.css';

interface TransferBarProps {
  readonly label: string;
  /** 0 to 1; null: under way, but how far cannot be told. */
  readonly fraction: number | null;
  /** The same in words. */
  readonly text?: string;
  readonly thin?: boolean;
}

/** How much is done. Without a known end it moves, and claims nothing. */
export function TransferBar({ label, fraction, text, thin = false }: TransferBarProps) {
  const value = fraction === null ? undefined : Math.floor(fraction * 100);
  return (
    <div
      className={classes.track}
      data-thin={thin || undefined}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
      aria-valuetext={text}
    >
      <div
        className={classes.fill}
        data-unknown={fraction === null || undefined}
        style={fraction === null ? undefined : { transform: `scaleX(${fraction})` }}
      />
    </div>
  );
}
