// The page's half of wasm/platform: an Emscripten library. browser_js.h declares these functions to
// C++, browser.h tells the story. One canvas with the id "canvas" inside an element with the id
// "stage"; listeners stand on the stage, so that text fields lying over the canvas do not hide the
// pointer from it. Everything is set up by tl_attach; loading the module touches nothing.

addToLibrary({
  $TL: {
    self: 0,
    canvas: null,
    stage: null,
    gl: null,
    program: null,
    textures: {},
    timer: 0,
    abort: null,
    touch: null,
    pen: null,       // the 2D context that measures and rasterises glyphs
    penFont: '',
    digit: {},       // advance of the widest digit by font
    family: "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif",
    cursors: ['default', 'text', 'move', 'ns-resize', 'ew-resize', 'nesw-resize', 'nwse-resize', 'pointer',
      'wait', 'progress', 'not-allowed'],

    // ---- fonts ----
    usePen(weight, size) {
      if (!TL.pen) {
        const canvas = typeof document === 'undefined' ? null : document.createElement('canvas');
        TL.pen = canvas?.getContext('2d', { willReadFrequently: true }) ?? null;
        if (!TL.pen) return null;
        canvas.width = canvas.height = 96;
        TL.penFont = '';
      }
      const font = `${weight} ${size}px ${TL.family}`;
      if (TL.penFont !== font) {
        TL.pen.font = TL.penFont = font;
        TL.pen.fillStyle = '#000';
        TL.pen.textBaseline = 'alphabetic';
      }
      return TL.pen;
    },
    digitAdvance(pen) {
      return TL.digit[TL.penFont] ??=
        Math.max(...[...'0123456789'].map((digit) => pen.measureText(digit).width));
    },

    // ---- WebGL2 ----
    shader(type, source) {
      const { gl } = TL;
      const shader = gl.createShader(type);
      gl.shaderSource(shader, '#version 300 es\nprecision mediump float;\n' + source);
      gl.compileShader(shader);
      gl.attachShader(TL.program, shader);
    },
    setUpGl() {
      const { gl } = TL;
      TL.textures = {};
      TL.program = gl.createProgram();
      TL.shader(gl.VERTEX_SHADER, `
uniform highp vec2 scale;
layout(location=0) in highp vec2 position;
layout(location=1) in highp vec2 uv;
layout(location=2) in vec4 color;
out highp vec2 at;
out vec4 tint;
void main() {
  at = uv;
  tint = color;
  gl_Position = vec4(position * scale + vec2(-1, 1), 0, 1);
}`);
      TL.shader(gl.FRAGMENT_SHADER, `
uniform sampler2D alpha;
in highp vec2 at;
in vec4 tint;
out vec4 color;
void main() { color = vec4(tint.rgb, tint.a * texture(alpha, at).r); }`);
      gl.linkProgram(TL.program);
      if (!gl.getProgramParameter(TL.program, gl.LINK_STATUS)) return false;
      gl.useProgram(TL.program);
      TL.scale = gl.getUniformLocation(TL.program, 'scale');
      gl.bindVertexArray(gl.createVertexArray());
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
      for (const location of [0, 1, 2]) gl.enableVertexAttribArray(location);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
      return true;
    },
    // ImDrawVert: two floats of position, two of texture, four bytes of color.
    pointAt(firstVertex) {
      const { gl } = TL;
      const start = firstVertex * 20;
      gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 20, start);
      gl.vertexAttribPointer(1, 2, gl.FLOAT, false, 20, start + 8);
      gl.vertexAttribPointer(2, 4, gl.UNSIGNED_BYTE, true, 20, start + 16);
    },

    // ---- size ----
    resize(entry) {
      const css = entry.contentRect;
      const device = entry.devicePixelContentBoxSize?.[0];
      const width = Math.max(1, device?.inlineSize ?? Math.round(css.width * devicePixelRatio));
      const height = Math.max(1, device?.blockSize ?? Math.round(css.height * devicePixelRatio));
      if (css.width < 1 || css.height < 1) return;
      TL.canvas.width = width;
      TL.canvas.height = height;
      _tl_on_resize(TL.self, css.width, css.height, width / css.width, height / css.height);
      _tl_on_frame(TL.self, performance.now());  // now: a resized canvas is blank until it is drawn
    },

    // ---- pointer ----
    // The text fields of the mirror are the browser's own: what they take is not ours.
    isField: (event) => event.target !== TL.canvas && event.target.closest?.('input, textarea'),
    point(event) {
      const box = TL.canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    },
    // A finger first only hovers. Up or down scrolls, sideways drags what lies below (a slider), and
    // lifting without a move is a click: a scroll must not press what it starts on.
    // On a text field a finger scrolls too; its tap is the field's own.
    touchDown(event, isOnField) {
      const [x, y] = TL.point(event);
      TL.touch = { id: event.pointerId, isOnField, x, y, lastX: x, lastY: y, mode: 'undecided', speed: 0, time: 0 };
      _tl_on_pointer(TL.self, x, y, true);
    },
    touchMove(event) {
      const touch = TL.touch;
      const [x, y] = TL.point(event);
      if (touch.mode === 'undecided' && Math.hypot(x - touch.x, y - touch.y) > 8) {
        const isAcross = Math.abs(x - touch.x) > Math.abs(y - touch.y);
        touch.mode = isAcross && !touch.isOnField && Module['isDragTarget']?.(touch.x, touch.y) ? 'drag' : 'scroll';
        if (touch.mode === 'drag') _tl_on_button(TL.self, 0, true);
      }
      if (touch.mode === 'drag') _tl_on_pointer(TL.self, x, y, true);
      if (touch.mode === 'scroll') {
        _tl_on_wheel(TL.self, touch.lastX - x, touch.lastY - y);
        const elapsed = Math.max(1, event.timeStamp - touch.time);
        touch.speed = 0.7 * (touch.lastY - y) / elapsed + 0.3 * touch.speed;  // pixels per millisecond
      }
      [touch.lastX, touch.lastY, touch.time] = [x, y, event.timeStamp];
    },
    touchUp(event, isCancelled) {
      const touch = TL.touch;
      TL.touch = null;
      const isTap = touch.mode === 'undecided' && !isCancelled && !touch.isOnField;
      if (isTap) _tl_on_button(TL.self, 0, true);
      if (isTap || touch.mode === 'drag') _tl_on_button(TL.self, 0, false);
      const isFlick = touch.mode === 'scroll' && event.timeStamp - touch.time < 60;
      if (isFlick && !matchMedia('(prefers-reduced-motion: reduce)').matches) TL.glide(touch.speed);
      else _tl_on_pointer_leave(TL.self);
    },
    // The page keeps moving under a lifted finger and comes to rest by itself.
    glide(speed, last = performance.now()) {
      requestAnimationFrame((now) => {
        if (TL.touch || Math.abs(speed) < 0.02) return TL.touch || _tl_on_pointer_leave(TL.self);
        _tl_on_wheel(TL.self, 0, speed * (now - last));
        TL.glide(speed * Math.pow(0.996, now - last), now);
      });
    },
    listen() {
      TL.abort = new AbortController();
      const options = { signal: TL.abort.signal, passive: false };
      const on = (target, type, handle) => target.addEventListener(type, handle, options);
      on(TL.stage, 'pointerdown', (event) => {
        const isOnField = TL.isField(event);
        if (event.pointerType === 'touch') return void (TL.touch || TL.touchDown(event, isOnField));
        if (isOnField) return;
        TL.canvas.setPointerCapture(event.pointerId);
        _tl_on_pointer(TL.self, ...TL.point(event), false);
        if (event.button < 3) _tl_on_button(TL.self, [0, 2, 1][event.button], true);
      });
      on(TL.stage, 'pointermove', (event) => {
        if (event.pointerType !== 'touch') return _tl_on_pointer(TL.self, ...TL.point(event), false);
        if (TL.touch?.id === event.pointerId) TL.touchMove(event);
      });
      const up = (event) => {
        const isCancelled = event.type === 'pointercancel';
        if (event.pointerType === 'touch') {
          if (TL.touch?.id === event.pointerId) TL.touchUp(event, isCancelled);
        } else if (event.button < 3) {
          _tl_on_button(TL.self, [0, 2, 1][Math.max(0, event.button)], false);
        }
      };
      on(TL.stage, 'pointerup', up);
      on(TL.stage, 'pointercancel', up);
      on(TL.stage, 'pointerleave', (event) => {
        if (event.pointerType !== 'touch') _tl_on_pointer_leave(TL.self);
      });
      on(TL.stage, 'wheel', (event) => {
        if (event.ctrlKey) return;  // the browser's zoom
        event.preventDefault();
        const unit = [1, 20, TL.canvas.clientHeight * 0.8][event.deltaMode];
        const isTurned = event.shiftKey && !event.deltaX;
        _tl_on_wheel(TL.self, (isTurned ? event.deltaY : event.deltaX) * unit,
          isTurned ? 0 : event.deltaY * unit);
      });
      on(TL.canvas, 'contextmenu', (event) => event.preventDefault());
      on(TL.canvas, 'webglcontextlost', (event) => event.preventDefault());
      on(TL.canvas, 'webglcontextrestored', () => TL.setUpGl() && _tl_on_context_restored(TL.self));
      on(document, 'visibilitychange', () => document.hidden || _tl_on_pointer_leave(TL.self));
      const observer = new ResizeObserver((entries) => TL.resize(entries[entries.length - 1]));
      try {
        observer.observe(TL.canvas, { box: 'device-pixel-content-box' });
      } catch {  // Safari before 18
        observer.observe(TL.canvas);
      }
      TL.abort.signal.onabort = () => observer.disconnect();
    },
  },

  tl_attach__deps: ['$TL'],
  tl_attach: (self, wantsWebgl) => {
    TL.self = self;
    if (typeof document === 'undefined' || !wantsWebgl) return false;
    TL.canvas = document.getElementById('canvas');
    TL.stage = document.getElementById('stage');
    TL.gl = TL.canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false });
    if (!TL.gl || !TL.setUpGl()) return false;
    TL.listen();
    return true;
  },
  tl_detach__deps: ['$TL'],
  tl_detach: () => {
    TL.abort?.abort();
    clearTimeout(TL.timer);
    TL.self = 0;
  },
  // Where there is no page nobody waits for a picture: whoever runs the module calls tl_on_frame.
  tl_request_frame__deps: ['$TL'],
  tl_request_frame: () => {
    if (typeof requestAnimationFrame === 'undefined') return;
    const frame = (now) => TL.self && _tl_on_frame(TL.self, now);
    if (TL.gl) requestAnimationFrame(frame);
    else setTimeout(() => frame(performance.now()));  // nothing is painted, nothing to wait for
  },
  tl_wake_after__deps: ['$TL'],
  tl_wake_after: (milliseconds) => {
    clearTimeout(TL.timer);
    TL.timer = setTimeout(() => TL.self && _tl_on_wake(TL.self), milliseconds);
  },
  tl_set_cursor__deps: ['$TL'],
  tl_set_cursor: (cursor) => {
    if (TL.canvas) TL.canvas.style.cursor = TL.cursors[cursor] ?? 'none';
  },
  tl_now: () => performance.now(),

  // Without a 2D canvas (Node) a glyph is 0.56 em wide: only the frame's texts matter there.
  tl_font_metrics__deps: ['$TL'],
  tl_font_metrics: (weight, size, out) => {
    const metrics = TL.usePen(weight, size)?.measureText('x');
    HEAPF32[out >> 2] = metrics?.fontBoundingBoxAscent ?? size * 0.97;
    HEAPF32[(out >> 2) + 1] = metrics?.fontBoundingBoxDescent ?? size * 0.24;
  },
  tl_glyph_bounds__deps: ['$TL'],
  tl_glyph_bounds: (weight, size, codepoint, across, out) => {
    const pen = TL.usePen(weight, size);
    const at = out >> 2;
    HEAP32.fill(0, at, at + 6);
    if (!pen) return void (HEAPF32[at + 4] = size * 0.56);
    const metrics = pen.measureText(String.fromCodePoint(codepoint));
    const isDigit = codepoint >= 48 && codepoint <= 57;
    const advance = isDigit ? TL.digitAdvance(pen) : metrics.width;
    HEAPF32[at + 4] = advance;
    HEAPF32[at + 5] = isDigit ? (advance - metrics.width) / 2 : 0;
    const width = metrics.actualBoundingBoxRight + metrics.actualBoundingBoxLeft;
    if (!(width > 0)) return;
    const left = Math.floor(-metrics.actualBoundingBoxLeft * across) - 1;
    const top = Math.floor(-metrics.actualBoundingBoxAscent) - 1;
    HEAP32[at] = left;
    HEAP32[at + 1] = top;
    HEAP32[at + 2] = Math.ceil(metrics.actualBoundingBoxRight * across) + 1 - left;
    HEAP32[at + 3] = Math.ceil(metrics.actualBoundingBoxDescent) + 1 - top;
  },
  tl_glyph_pixels__deps: ['$TL'],
  tl_glyph_pixels: (weight, size, codepoint, across, bounds, out) => {
    const [x, y, width, height] = HEAP32.subarray(bounds >> 2, (bounds >> 2) + 4);
    let pen = TL.usePen(weight, size);
    const { canvas } = pen;
    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width * 2);
      canvas.height = Math.max(canvas.height, height * 2);
      TL.penFont = '';  // a resized canvas forgets its font
      pen = TL.usePen(weight, size);
    }
    pen.clearRect(0, 0, width, height);
    pen.setTransform(across, 0, 0, 1, -x, -y);
    pen.fillText(String.fromCodePoint(codepoint), 0, 0);
    pen.resetTransform();
    const pixels = pen.getImageData(0, 0, width, height).data;
    for (let index = 0; index < width * height; ++index) HEAPU8[out + index] = pixels[index * 4 + 3];
  },

  tl_texture__deps: ['$TL'],
  tl_texture: (id, width, height, pixels) => {
    const { gl, textures } = TL;
    gl.bindTexture(gl.TEXTURE_2D, textures[id] ??= gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, width, height, 0, gl.RED, gl.UNSIGNED_BYTE, HEAPU8, pixels);
  },
  tl_texture_part__deps: ['$TL'],
  tl_texture_part: (id, x, y, width, height, pitch, pixels) => {
    const { gl, textures } = TL;
    gl.bindTexture(gl.TEXTURE_2D, textures[id]);
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, pitch);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, x, y, width, height, gl.RED, gl.UNSIGNED_BYTE, HEAPU8, pixels);
  },
  tl_texture_drop__deps: ['$TL'],
  tl_texture_drop: (id) => {
    TL.gl.deleteTexture(TL.textures[id]);
    delete TL.textures[id];
  },
  tl_begin_draw__deps: ['$TL'],
  tl_begin_draw: (width, height, indexSize) => {
    const { gl, canvas } = TL;
    gl.viewport(0, 0, canvas.width, canvas.height);
    TL.indexType = indexSize === 2 ? gl.UNSIGNED_SHORT : gl.UNSIGNED_INT;
    gl.uniform2f(TL.scale, 2 / width, -2 / height);
    gl.disable(gl.SCISSOR_TEST);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.enable(gl.SCISSOR_TEST);
  },
  tl_draw_list__deps: ['$TL'],
  tl_draw_list: (vertices, vertexBytes, indices, indexBytes) => {
    const { gl } = TL;
    gl.bufferData(gl.ARRAY_BUFFER, HEAPU8, gl.STREAM_DRAW, vertices, vertexBytes);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, HEAPU8, gl.STREAM_DRAW, indices, indexBytes);
    TL.pointAt(TL.firstVertex = 0);
  },
  // The clip is a box of device pixels from the top; WebGL counts from the bottom.
  tl_draw_command__deps: ['$TL'],
  tl_draw_command: (texture, x0, y0, x1, y1, count, first, firstVertex) => {
    const { gl, canvas, textures } = TL;
    if (firstVertex !== TL.firstVertex) TL.pointAt(TL.firstVertex = firstVertex);
    gl.bindTexture(gl.TEXTURE_2D, textures[texture]);
    gl.scissor(Math.round(x0), Math.round(canvas.height - y1), Math.round(x1 - x0), Math.round(y1 - y0));
    gl.drawElements(gl.TRIANGLES, count, TL.indexType, first);
  },
});
