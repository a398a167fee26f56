/**
 * What lies beside the data and can never be a source: scans, pictures, office documents, archives. In a land registry
 * they are most of the bytes, and copying them would only cost time and disk.
 */
const NEVER_DATA =
  /\.(?:pdf|jpe?g|png|gif|bmp|tiff?|webp|heic|docx?|xlsx?|pptx?|odt|ods|zip|rar|7z|gz|mp[34]|avi|mov|dwg|exe|dll)$/i;
const SYSTEM_FILES = /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

export function isWorthUploading(path: string): boolean {
  return !NEVER_DATA.test(path) && !SYSTEM_FILES.test(path);
}

/** The first parts of the paths: what the user dropped. */
export function topNames(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.map((path) => path.split('/', 1)[0] ?? path))];
}
