/** A `File` of the page, of which the contract, knowing no DOM, needs to know no more. */
interface PageFile {
  readonly name: string;
  readonly size: number;
}

/** The one function table that the desktop's preload script gives to the page; absent in a browser. */
export interface DesktopBridge {
  /** The absolute path of a dropped file or folder; '' for a file that was made in the page. */
  pathForFile(file: PageFile): string;
}

/** What the page posts to itself, with a MessagePort, for the preload to pass on to the host. */
export type ConnectMessage = 'loadstone:connect';
