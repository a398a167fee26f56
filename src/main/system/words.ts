/** How a job came to an end, as notices tell it. */
export type JobEnd = 'done' | 'rejects' | 'tried' | 'review' | 'failed' | 'interrupted' | 'undone';

/** What the shell says in its menus, dialogs and notices. The window's own texts are the renderer's. */
export interface Words {
  readonly menu: Readonly<
    Record<
      | 'file'
      | 'openFolder'
      | 'openFiles'
      | 'openRecent'
      | 'noRecent'
      | 'newWindow'
      | 'closeWindow'
      | 'quit'
      | 'edit'
      | 'undo'
      | 'redo'
      | 'cut'
      | 'copy'
      | 'paste'
      | 'selectAll'
      | 'view'
      | 'reload'
      | 'devTools'
      | 'resetZoom'
      | 'zoomIn'
      | 'zoomOut'
      | 'fullScreen'
      | 'theme'
      | 'themeAuto'
      | 'themeLight'
      | 'themeDark'
      | 'window'
      | 'minimise'
      | 'help'
      | 'logFolder'
      | 'about'
      | 'hide'
      | 'hideOthers'
      | 'showAll',
      string
    >
  >;
  readonly version: (version: string) => string;
  readonly andMore: (count: number) => string;
  readonly chooseFolder: string;
  readonly chooseFiles: string;
  readonly chooseMapping: string;
  readonly saveAs: string;
  readonly dataFiles: string;
  readonly mappingFiles: string;
  readonly allFiles: string;
  readonly quitMessage: (jobs: number) => string;
  readonly quitDetail: string;
  readonly stopAndQuit: string;
  readonly keepRunning: string;
  readonly stopping: string;
  readonly jobEnded: (job: number, how: JobEnd, rows: number) => string;
  readonly tablesDone: (job: number) => string;
  readonly pageLost: string;
  readonly pageLostDetail: string;
  readonly close: string;
  readonly defect: string;
  readonly defectDetail: (logs: string) => string;
  readonly cannotStart: string;
}

export const en: Words = {
  menu: {
    file: '&File',
    openFolder: 'Open Folder…',
    openFiles: 'Open Files…',
    openRecent: 'Open Recent',
    noRecent: 'Nothing loaded yet',
    newWindow: 'New Window',
    closeWindow: 'Close Window',
    quit: 'Quit Loadstone',
    edit: '&Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    view: '&View',
    reload: 'Reload',
    devTools: 'Developer Tools',
    resetZoom: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    theme: 'Theme',
    themeAuto: 'As the System',
    themeLight: 'Light',
    themeDark: 'Dark',
    window: '&Window',
    minimise: 'Minimise',
    help: '&Help',
    logFolder: 'Show Log Folder',
    about: 'About Loadstone',
    hide: 'Hide Loadstone',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
  },
  version: (version) => `Version ${version}`,
  andMore: (count) => `and ${count} more`,
  chooseFolder: 'Choose a folder to load',
  chooseFiles: 'Choose files to load',
  chooseMapping: 'Choose a mapping',
  saveAs: 'Save as',
  dataFiles: 'XML, CSV and JSON files',
  mappingFiles: 'Mappings',
  allFiles: 'All files',
  quitMessage: (jobs) =>
    jobs === 1 ? 'A job is running. Stop it and quit?' : `${jobs} jobs are running. Stop them and quit?`,
  quitDetail:
    'Nothing of a stopped load is in the target tables. What is staged is kept: the load can be resumed under Jobs.',
  stopAndQuit: 'Stop and Quit',
  keepRunning: 'Keep Running',
  stopping: 'Loadstone – stopping…',
  jobEnded: (job, how, rows) => {
    switch (how) {
      case 'done':
        return `Job ${job} is done: ${rows.toLocaleString('en')} rows loaded.`;
      case 'rejects':
        return `Job ${job} is done: ${rows.toLocaleString('en')} rows loaded, some were rejected.`;
      case 'tried':
        return `Job ${job} is done: it was a dry run, nothing was changed.`;
      case 'failed':
        return `Job ${job} failed. Open it to see why and what to do.`;
      case 'review':
        return `Job ${job} waits for your review. Nothing is in the tables yet.`;
      case 'interrupted':
        return `Job ${job} was interrupted. It can be resumed.`;
      case 'undone':
        return `Job ${job} was undone.`;
      default:
        return how satisfies never;
    }
  },
  tablesDone: (job) => `Job ${job} is done: the tables fit the mapping.`,
  pageLost: 'The window stopped working several times.',
  pageLostDetail: 'Jobs go on. Close this window and open a new one from the File menu; the log says more.',
  close: 'Close Window',
  defect: 'Something unexpected went wrong inside Loadstone.',
  defectDetail: (logs) =>
    `Jobs go on, and what is loaded stays loaded. If something behaves oddly, quit and start Loadstone again. What happened stands in the log: ${logs}`,
  cannotStart: 'Loadstone cannot start',
};

export const vi: Words = {
  menu: {
    file: '&Tệp',
    openFolder: 'Mở thư mục…',
    openFiles: 'Mở tệp…',
    openRecent: 'Mở gần đây',
    noRecent: 'Chưa nạp gì',
    newWindow: 'Cửa sổ mới',
    closeWindow: 'Đóng cửa sổ',
    quit: 'Thoát Loadstone',
    edit: '&Sửa',
    undo: 'Hoàn tác',
    redo: 'Làm lại',
    cut: 'Cắt',
    copy: 'Sao chép',
    paste: 'Dán',
    selectAll: 'Chọn tất cả',
    view: '&Xem',
    reload: 'Tải lại',
    devTools: 'Công cụ nhà phát triển',
    resetZoom: 'Cỡ thật',
    zoomIn: 'Phóng to',
    zoomOut: 'Thu nhỏ',
    fullScreen: 'Toàn màn hình',
    theme: 'Giao diện',
    themeAuto: 'Theo hệ thống',
    themeLight: 'Sáng',
    themeDark: 'Tối',
    window: '&Cửa sổ',
    minimise: 'Thu xuống',
    help: 'Trợ &giúp',
    logFolder: 'Mở thư mục nhật ký',
    about: 'Giới thiệu Loadstone',
    hide: 'Ẩn Loadstone',
    hideOthers: 'Ẩn ứng dụng khác',
    showAll: 'Hiện tất cả',
  },
  version: (version) => `Phiên bản ${version}`,
  andMore: (count) => `và ${count} mục khác`,
  chooseFolder: 'Chọn thư mục để nạp',
  chooseFiles: 'Chọn tệp để nạp',
  chooseMapping: 'Chọn ánh xạ',
  saveAs: 'Lưu thành',
  dataFiles: 'Tệp XML, CSV và JSON',
  mappingFiles: 'Ánh xạ',
  allFiles: 'Mọi tệp',
  quitMessage: (jobs) => `${jobs} công việc đang chạy. Dừng lại và thoát?`,
  quitDetail:
    'Bảng đích chưa nhận gì từ lượt nạp bị dừng. Phần đã chuẩn bị được giữ lại: có thể nạp tiếp trong mục Công việc.',
  stopAndQuit: 'Dừng và thoát',
  keepRunning: 'Chạy tiếp',
  stopping: 'Loadstone – đang dừng…',
  jobEnded: (job, how, rows) => {
    switch (how) {
      case 'done':
        return `Công việc ${job} đã xong: nạp ${rows.toLocaleString('vi')} dòng.`;
      case 'rejects':
        return `Công việc ${job} đã xong: nạp ${rows.toLocaleString('vi')} dòng, có dòng bị loại.`;
      case 'tried':
        return `Công việc ${job} đã xong: đây là lần chạy thử, không có gì thay đổi.`;
      case 'failed':
        return `Công việc ${job} không thành công. Mở ra để xem lý do và cách xử lý.`;
      case 'review':
        return `Công việc ${job} đang chờ bạn duyệt. Chưa có gì trong các bảng.`;
      case 'interrupted':
        return `Công việc ${job} bị gián đoạn. Có thể tiếp tục.`;
      case 'undone':
        return `Công việc ${job} đã được hoàn tác.`;
      default:
        return how satisfies never;
    }
  },
  tablesDone: (job) => `Công việc ${job} đã xong: các bảng khớp với ánh xạ.`,
  pageLost: 'Cửa sổ đã ngừng hoạt động nhiều lần.',
  pageLostDetail: 'Các công việc vẫn chạy. Hãy đóng cửa sổ này và mở cửa sổ mới từ trình đơn Tệp; nhật ký ghi rõ hơn.',
  close: 'Đóng cửa sổ',
  defect: 'Có lỗi bất ngờ bên trong Loadstone.',
  defectDetail: (logs) =>
    `Các công việc vẫn chạy, dữ liệu đã nạp vẫn còn. Nếu thấy điều gì lạ, hãy thoát và mở lại Loadstone. Chi tiết ở nhật ký: ${logs}`,
  cannotStart: 'Loadstone không khởi động được',
};
