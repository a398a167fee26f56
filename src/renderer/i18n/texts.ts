/** The shape of a section's texts, whatever the language; plural forms (`_one`, `_other`) may differ. */
export type TextsLike<Section> = {
  readonly [Key in keyof Section]: Section[Key] extends string ? string : TextsLike<Section[Key]>;
};
