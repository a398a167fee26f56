import { Badge, createTheme } from '@mantine/core';

/** Shade 8 is the lightest whose white text passes WCAG AA. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace',
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Capitals throughout are hard to read, and take diacritics badly.
    Badge: Badge.extend({ defaultProps: { tt: 'none' } }),
  },
});
