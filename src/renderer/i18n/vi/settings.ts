import type { settings as en } from '../en/settings.ts';
import type { TextsLike } from '../texts.ts';

export const settings: TextsLike<typeof en> = {
  subtitle: 'Mọi thay đổi được lưu ngay.',
  saved: 'Đã lưu',
  notSaved: 'Chưa lưu được; giá trị cũ đã được giữ lại.',
  appearance: 'Giao diện',
  language: 'Ngôn ngữ',
  languageHint: 'Áp dụng cả cho cách viết ngày tháng và con số.',
  languages: { system: 'Theo hệ thống', vi: 'Tiếng Việt', en: 'English' },
  theme: 'Chủ đề',
  themeHint: 'Màu sắc của cửa sổ.',
  themes: { auto: 'Theo hệ thống', light: 'Sáng', dark: 'Tối' },
  loading: 'Nạp dữ liệu',
  workers: 'Số tiến trình',
  workersHint: 'Số tiến trình cùng đọc tệp trong một lần nạp.',
  workersAuto: 'Tự động',
  workersFixed: 'Số cố định',
  workersCount: 'Số tiến trình',
  workersAutoHint_one:
    'Mỗi nhân xử lý một tiến trình (máy này có {{count, number}} nhân), không quá số kết nối còn lại của nhóm.',
  workersAutoHint_other:
    'Mỗi nhân xử lý một tiến trình (máy này có {{count, number}} nhân), không quá số kết nối còn lại của nhóm.',
  pool: 'Nhóm kết nối',
  poolHint:
    'Số kết nối tối đa tới một máy chủ, tính chung cho mọi công việc và cửa sổ này. Hai kết nối dành cho việc xem dữ liệu, phần còn lại để nạp. Ít nhất {{least, number}}, nhiều nhất {{most, number}}.',
  poolSplit: '{{jobs, number}} để nạp, 2 để xem dữ liệu',
  poolRestart: 'Có hiệu lực khi Loadstone khởi động lại.',
  background: 'Lần nạp lớn',
  backgroundHint: 'Trước một lần nạp lớn hơn mức này, Loadstone báo rằng việc nạp sẽ chạy nền và mất khoảng bao lâu.',
  backgroundSay: 'Báo khi lớn hơn',
  backgroundNever: 'Không báo',
  backgroundMb: 'Số megabyte',
  backgroundUnit: 'MB',
  notices: 'Thông báo',
  noticesHint:
    'Công việc nào cũng báo khi kết thúc, dù bạn đang ở màn hình nào. Thông báo của hệ thống đến được cả khi bạn đang dùng chương trình khác.',
  noticesSystem: 'Thông báo của hệ thống',
  noticesSwitch: 'Hiện khi công việc kết thúc',
  noticesState: {
    on: 'Trình duyệt này hiện thông báo khi bạn đang xem thứ khác.',
    off: 'Trình duyệt này sẽ hỏi xin phép bạn trước.',
    denied:
      'Trình duyệt này đã được yêu cầu không hiện thông báo của trang này. Hãy cho phép trong phần cài đặt của trang (bên cạnh địa chỉ), rồi tải lại trang.',
    unsupported: 'Trình duyệt này không có thông báo của hệ thống.',
    desktop: 'Hiện khi không có cửa sổ nào của Loadstone ở phía trước. Có thể tắt trong cài đặt của hệ thống.',
  },
  undoDays: 'Thời gian có thể hoàn tác một lần nạp',
  undoDaysHint:
    'Để hoàn tác được, cơ sở dữ liệu giữ lại những gì mỗi lần nạp đã thay đổi, theo thời hạn đặt lúc nạp. Phần quá hạn sẽ bị xoá khi có lần nạp tiếp theo vào cùng cơ sở dữ liệu.',
  undoDaysSome: 'Theo số ngày',
  undoDaysForever: 'Không thời hạn',
  undoDaysCount: 'Số ngày',
  undoDaysForeverHint: 'Cơ sở dữ liệu lớn dần theo mỗi lần nạp. Dung lượng được ghi trong từng công việc.',
  machine: 'Máy này',
  home: 'Thư mục dữ liệu',
  homeHint: 'Chứa danh sách công việc, các cài đặt này, nhật ký và cơ sở dữ liệu tích hợp.',
  homeChange:
    'Để dùng thư mục khác, hãy đóng Loadstone, đặt biến môi trường LOADSTONE_HOME là thư mục đó rồi khởi động lại. Nội dung của thư mục này vẫn ở nguyên đây: hãy chuyển theo nếu muốn giữ lại.',
  homeCopy: 'Sao chép đường dẫn',
  homeReveal: 'Mở trong trình quản lý tệp',
  secrets: 'Mật khẩu của các kết nối',
  secretsHint: 'Không bao giờ nằm trong danh sách công việc, nhật ký hay ở dạng đọc được.',
  secretsWhere: {
    keychain: 'Được giữ trong kho mật khẩu của hệ thống',
    encrypted_file: 'Được mã hoá và giữ trong thư mục dữ liệu',
    none: 'Không được giữ lại',
  },
  secretsWhy: {
    keychain: 'Chỉ tài khoản của bạn trên máy này đọc được.',
    encrypted_file:
      'Khoá mã hoá lấy từ môi trường khi khởi động Loadstone. Nếu khởi động không có khoá đó hoặc với khoá khác, mật khẩu sẽ được hỏi lại.',
    none: 'Máy này không có kho mật khẩu đáng tin cậy cho Loadstone. Mật khẩu bạn nhập chỉ được giữ trong bộ nhớ đến khi Loadstone kết thúc, sau đó sẽ được hỏi lại. PGPASSWORD và tệp .pgpass cũng được đọc.',
  },
  version: 'Phiên bản',
  versionHost: { desktop: 'Ứng dụng trên máy tính', web: 'Trong trình duyệt' },
  versionText: 'Loadstone {{version}}',
};
