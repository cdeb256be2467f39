import http from 'k6/http';

export const options = { thresholds: { http_req_duration: ['p(95)<200', 'p(99)<500'] } };

export default function () {
  http.get(__ENV.BASE_URL);
}
