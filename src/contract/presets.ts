import { type Mapping, type MappingInput, mappingSchema } from './mapping.ts';
import { vnLandRecords } from './presets/vn-land-records.ts';

const PRESETS: ReadonlyMap<string, MappingInput> = new Map([[vnLandRecords.name, vnLandRecords]]);

/** The mappings that come with Loadstone, by name. */
export const presetNames: readonly string[] = [...PRESETS.keys()];

/** @returns the preset with every default applied, or undefined when there is none of this name. */
export function findPreset(name: string): Mapping | undefined {
  const preset = PRESETS.get(name);
  return preset && mappingSchema.parse(preset);
}
