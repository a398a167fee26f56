import type { connections as en } from '../en/connections.ts';
import type { TextsLike } from '../texts.ts';

export const connections: TextsLike<typeof en> = {
  subtitle: 'Các cơ sở dữ liệu có thể nạp dữ liệu vào.',
  add: 'Thêm máy chủ',
  list: 'Các kết nối',
  embeddedHint: 'PostgreSQL riêng đi kèm Loadstone, tự khởi động khi cần. Không phải cài đặt gì.',
  embeddedMissing: 'Loadstone không có sẵn cơ sở dữ liệu cho loại máy này. Hãy thêm một máy chủ của bạn.',
  noServers: 'Đơn vị đã có máy chủ PostgreSQL? Hãy thêm vào đây để có thể nạp dữ liệu vào đó.',
  isDefault: 'Mặc định',
  isDefaultHint: 'Dữ liệu được nạp vào đây nếu không chọn đích khác.',
  makeDefault: 'Đặt làm mặc định',
  makeDefaultOf: 'Đặt {{name}} làm mặc định',
  madeDefault: '{{name}} nay là mặc định.',
  test: 'Kiểm tra',
  testOf: 'Kiểm tra {{name}}',
  testing: 'Đang kiểm tra …',
  tables: 'Bảng',
  tablesOf: 'Các bảng của {{name}}',
  editOf: 'Sửa {{name}}',
  deleteOf: 'Xoá {{name}}',
  password: {
    stored: 'đã lưu mật khẩu',
    session: 'mật khẩu được giữ đến khi Loadstone kết thúc',
    none: 'không lưu mật khẩu',
  },
  remove: {
    title: 'Xoá kết nối "{{name}}"?',
    text: 'Chỉ kết nối đã lưu và mật khẩu của nó bị xoá. Cơ sở dữ liệu, dữ liệu trong đó và danh sách công việc vẫn giữ nguyên.',
    wasDefault: 'Đây là kết nối mặc định; cơ sở dữ liệu tích hợp sẽ thay thế.',
    done: 'Đã xoá kết nối "{{name}}".',
  },
  saved: 'Đã lưu kết nối "{{name}}".',
  gone: 'Kết nối này không còn được lưu',
  form: {
    addTitle: 'Thêm máy chủ',
    editTitle: 'Sửa {{name}}',
    name: 'Tên',
    nameHint: 'Tên bạn dùng để gọi kết nối này.',
    host: 'Máy chủ',
    hostHint: 'Tên máy, địa chỉ, hoặc cả một URL postgres:// để điền tất cả các ô.',
    port: 'Cổng',
    database: 'Cơ sở dữ liệu',
    user: 'Người dùng',
    password: 'Mật khẩu',
    passwordHint: 'Nếu để trống, PGPASSWORD và tệp .pgpass sẽ được dùng.',
    kept: 'Mật khẩu được giữ nguyên.',
    replace: 'Đổi hoặc xoá mật khẩu',
    keep: 'Giữ mật khẩu hiện có',
    tls: 'Mã hoá (TLS)',
    fromUrl: 'Các ô đã được điền từ URL.',
    fromUrlPassword: 'Các ô đã được điền từ URL, kể cả mật khẩu.',
    badUrl: 'Không đọc được URL này. Hãy điền từng ô.',
  },
  secrets: {
    keychain: 'Mật khẩu được giữ trong kho mật khẩu của hệ thống.',
    encrypted_file: 'Mật khẩu được mã hoá và giữ trong thư mục dữ liệu.',
    none: 'Máy này không lưu giữ được mật khẩu: mật khẩu chỉ được nhớ đến khi Loadstone kết thúc, sau đó sẽ được hỏi lại.',
  },
  tls: {
    disable: 'Tắt',
    prefer: 'Khi có thể',
    require: 'Luôn luôn',
    'verify-full': 'Luôn luôn và xác minh máy chủ',
  },
  tlsHint: {
    disable: 'Không mã hoá gì. Chỉ dùng cho máy chủ trên máy này hoặc trong mạng đáng tin cậy.',
    prefer: 'Mã hoá nếu máy chủ hỗ trợ, nếu không thì không mã hoá.',
    require: 'Bắt buộc mã hoá. Không xác minh danh tính của máy chủ.',
    'verify-full': 'Bắt buộc mã hoá; chứng thư của máy chủ phải đáng tin cậy và mang đúng tên. An toàn nhất.',
  },
  tlsShort: {
    disable: 'không mã hoá',
    prefer: 'mã hoá khi có thể',
    require: 'có mã hoá',
    'verify-full': 'có mã hoá, xác minh máy chủ',
  },
  invalid: {
    required: 'Vui lòng điền ô này.',
    nameLength: 'Nhiều nhất 60 ký tự.',
    nameTaken: 'Đã có kết nối khác mang tên này.',
    host: 'Tên máy, địa chỉ hoặc thư mục tuyệt đối, không có dấu cách.',
    hostLength: 'Nhiều nhất 255 ký tự.',
    port: 'Số nguyên từ 1 đến 65535.',
    length: 'Nhiều nhất 63 ký tự.',
  },
  discard: {
    title: 'Rời đi mà không lưu?',
    text: 'Những gì bạn đã sửa trong biểu mẫu này sẽ mất.',
    stay: 'Sửa tiếp',
    leave: 'Rời đi không lưu',
  },
  result: {
    ok: 'Kết nối hoạt động tốt',
    okToLook: 'Kết nối hoạt động, nhưng chỉ để xem',
    version: 'PostgreSQL {{version}}',
    time: 'trả lời sau {{milliseconds, number}} ms',
    encrypted: 'Đường truyền được mã hoá.',
    plain: 'Đường truyền không được mã hoá.',
    mayLoad: 'Người dùng này được phép nạp dữ liệu vào đây.',
    mayNotLoad: 'Người dùng này xem được bảng nhưng không nạp được: không có quyền tạo lược đồ trong cơ sở dữ liệu.',
    mayNotLoadRemedy: 'Hãy nhờ người quản trị chạy lệnh: {{statement}}',
    facts: 'Thông báo nhận được',
  },
  fault: {
    refused: {
      title: 'Không có máy chủ nào trả lời ở địa chỉ này',
      remedy:
        'Hãy kiểm tra PostgreSQL đang chạy ở đó và cổng đã đúng; cũng có thể máy chủ chỉ nhận kết nối từ chính máy của nó.',
    },
    unknown_host: {
      title: 'Không tìm thấy tên máy chủ',
      remedy:
        'Hãy kiểm tra chính tả. Với máy chủ trong mạng cơ quan, hãy kiểm tra bạn đang ở trong mạng đó (hoặc VPN).',
    },
    timed_out: {
      title: 'Máy chủ không trả lời kịp thời',
      remedy: 'Hãy kiểm tra tên máy chủ và cổng. Thường do tường lửa: hãy nhờ người quản trị cho phép máy này kết nối.',
    },
    wrong_password: {
      title: 'Máy chủ từ chối tên người dùng hoặc mật khẩu',
      remedy: 'Hãy nhập lại cả hai; có phân biệt chữ hoa và chữ thường.',
    },
    password_missing: {
      title: 'Máy chủ yêu cầu mật khẩu',
      remedy: 'Hãy nhập mật khẩu của người dùng này.',
    },
    no_database: {
      title: 'Máy chủ không có cơ sở dữ liệu này',
      remedy: 'Hãy kiểm tra tên; có phân biệt chữ hoa và chữ thường. Hoặc nhờ tạo cơ sở dữ liệu đó.',
    },
    no_user: {
      title: 'Máy chủ không cho người dùng này vào',
      remedy:
        'Hãy kiểm tra tên người dùng. Nếu đúng, hãy nhờ người quản trị cho phép kết nối từ máy này (pg_hba.conf).',
    },
    tls: {
      title: 'Không thiết lập được kết nối mã hoá',
      remedy:
        'Có thể máy chủ không hỗ trợ mã hoá, hoặc chứng thư của nó chưa được tin cậy ở đây. Hãy chọn kiểu mã hoá khác, hoặc hỏi người quản trị về chứng thư.',
    },
    not_postgres: {
      title: 'Nơi đó không phải là PostgreSQL',
      remedy: 'Hãy kiểm tra cổng; PostgreSQL thường dùng cổng 5432.',
    },
    too_old: {
      title: 'Phiên bản máy chủ quá cũ',
      remedy: 'Loadstone cần PostgreSQL 15 trở lên. Hãy dùng máy chủ khác hoặc cơ sở dữ liệu tích hợp.',
    },
    no_permission: {
      title: 'Người dùng này không được vào cơ sở dữ liệu',
      remedy: 'Hãy nhờ người quản trị cấp quyền GRANT CONNECT trên cơ sở dữ liệu cho người dùng này.',
    },
    other: {
      title: 'Kết nối không hoạt động',
      remedy: 'Hãy đọc thông báo bên dưới, hoặc đưa cho người quản trị máy chủ xem.',
    },
  },
};
