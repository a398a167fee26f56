/** The formats of files that can be read, and how the names of such files end. */
export const FILE_FORMATS = ['xml', 'csv', 'json'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export const FORMAT_ENDINGS: Readonly<Record<FileFormat, readonly string[]>> = {
  xml: ['xml', 'gml', 'kml', 'gpx', 'rdf'],
  csv: ['csv', 'tsv', 'txt'],
  json: ['json', 'jsonl', 'ndjson', 'geojson'],
};
