import type { DesktopBridge } from '#contract/api/desktop-bridge';

declare global {
  interface Window {
    readonly loadstone?: DesktopBridge;
  }
}
