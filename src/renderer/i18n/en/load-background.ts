export const loadBackground = {
  background: {
    title: 'A large load: it runs in the background',
    takes: 'The chosen files have {{size}}. Loading them takes about {{time}}{{basis}}.',
    basis: {
      mapping_one: ', by an earlier load with this mapping into this database',
      mapping_other: ', by {{count, number}} earlier loads with this mapping into this database',
      format_one: ', by an earlier load of such files',
      format_other: ', by {{count, number}} earlier loads of such files',
      default: ' on an ordinary machine; after the first load Loadstone knows this one better',
    },
    web: 'Meanwhile you can go on working, or close this page: the load goes on. A notice comes at the end in whatever screen you are and, if you allow it in the settings, from the browser.',
    desktop:
      'Meanwhile you can go on working. Closing the last window asks first, as the load would stop. A notice comes at the end.',
    settings: 'Settings of notices',
  },
};
