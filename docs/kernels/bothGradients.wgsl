// both gradients 3×3, for conv 2 of ResNet-8 (width 8, 32 images of 14×14): 140 × 1 workgroups.

struct Run { images: u32, learningRate: f32, firstCorrection: f32, secondCorrection: f32, updates: f32 }
@group(0) @binding(0) var<uniform> run: Run;
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> xNorm: array<vec4f>;
@group(0) @binding(3) var<storage, read> dz: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> partial: array<vec4f>;
@group(0) @binding(5) var<storage, read> w: array<vec4f>;
@group(0) @binding(6) var<storage, read> addend: array<vec4f>;
@group(0) @binding(7) var<storage, read> z: array<vec4f>;
@group(0) @binding(8) var<storage, read> zNorm: array<vec4f>;
@group(0) @binding(9) var<storage, read_write> g: array<vec4f>;
@group(0) @binding(10) var<storage, read_write> sums: array<vec4f>;
var<workgroup> shared4: array<vec4f, 512>;
fn workgroupSum(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = shared4[local] + shared4[local + stride]; }
    workgroupBarrier();
  }
  return shared4[0];
}
fn workgroupMax(x: vec4f, local: u32) -> vec4f {
  workgroupBarrier();
  shared4[local] = x;
  workgroupBarrier();
  for (var stride = 32u; stride > 0u; stride /= 2u) {
    if (local < stride) { shared4[local] = max(shared4[local], shared4[local + stride]); }
    workgroupBarrier();
  }
  return shared4[0];
}
fn gradientByFilter(workgroup: vec2u, local: u32) {
  let firstTile = workgroup.x % 2u * 8u;
  let tile = firstTile + local % 8u;
  let split = workgroup.x / 2u;
  let share = split * 8u + local / 8u;
  let working = tile < 12u && local < 64u;
  let firstPack = tile % 2u * 1u;
  let c = tile / 2u % 2u;
  let ky = i32(tile / 4u % 3u);
  var d0_0_0 = vec4f();
  var d0_1_0 = vec4f();
  var d0_2_0 = vec4f();
  var d0_3_0 = vec4f();
  var d1_0_0 = vec4f();
  var d1_1_0 = vec4f();
  var d1_2_0 = vec4f();
  var d1_3_0 = vec4f();
  var d2_0_0 = vec4f();
  var d2_1_0 = vec4f();
  var d2_2_0 = vec4f();
  var d2_3_0 = vec4f();
  if (working) {
    let xSlope = xNorm[4u + c];
    let xIntercept = xNorm[6u + c];
    let rows = run.images * 14u;
    let each = (rows + 447u) / 448u;
    for (var index = share * each; index < min(rows, (share + 1u) * each); index++) {
      let image = index / 14u;
      let fromRow = i32(index % 14u) * 1 + ky - 1;
      if (fromRow < 0 || fromRow >= 14) { continue; }
      for (var x0 = 0; x0 < 14; x0 += 7) {
        let baseColumn = x0;
        let origin = (i32(image * 14u) + fromRow) * 14 + baseColumn;
        let to = (index * 14u + u32(x0)) * 2u + firstPack;
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = max((xSlope * x[u32(origin + -1) * 2u + c] + xIntercept), vec4f(0.0)); }
        let v0 = max((xSlope * x[u32(origin + 0) * 2u + c] + xIntercept), vec4f(0.0));
        let v1 = max((xSlope * x[u32(origin + 1) * 2u + c] + xIntercept), vec4f(0.0));
        let g0_0 = dz[to + 0u];
        d0_0_0 = fma(g0_0, vec4f(vm1[0]), d0_0_0);
        d0_1_0 = fma(g0_0, vec4f(vm1[1]), d0_1_0);
        d0_2_0 = fma(g0_0, vec4f(vm1[2]), d0_2_0);
        d0_3_0 = fma(g0_0, vec4f(vm1[3]), d0_3_0);
        d1_0_0 = fma(g0_0, vec4f(v0[0]), d1_0_0);
        d1_1_0 = fma(g0_0, vec4f(v0[1]), d1_1_0);
        d1_2_0 = fma(g0_0, vec4f(v0[2]), d1_2_0);
        d1_3_0 = fma(g0_0, vec4f(v0[3]), d1_3_0);
        d2_0_0 = fma(g0_0, vec4f(v1[0]), d2_0_0);
        d2_1_0 = fma(g0_0, vec4f(v1[1]), d2_1_0);
        d2_2_0 = fma(g0_0, vec4f(v1[2]), d2_2_0);
        d2_3_0 = fma(g0_0, vec4f(v1[3]), d2_3_0);
        let v2 = max((xSlope * x[u32(origin + 2) * 2u + c] + xIntercept), vec4f(0.0));
        let g1_0 = dz[to + 2u];
        d0_0_0 = fma(g1_0, vec4f(v0[0]), d0_0_0);
        d0_1_0 = fma(g1_0, vec4f(v0[1]), d0_1_0);
        d0_2_0 = fma(g1_0, vec4f(v0[2]), d0_2_0);
        d0_3_0 = fma(g1_0, vec4f(v0[3]), d0_3_0);
        d1_0_0 = fma(g1_0, vec4f(v1[0]), d1_0_0);
        d1_1_0 = fma(g1_0, vec4f(v1[1]), d1_1_0);
        d1_2_0 = fma(g1_0, vec4f(v1[2]), d1_2_0);
        d1_3_0 = fma(g1_0, vec4f(v1[3]), d1_3_0);
        d2_0_0 = fma(g1_0, vec4f(v2[0]), d2_0_0);
        d2_1_0 = fma(g1_0, vec4f(v2[1]), d2_1_0);
        d2_2_0 = fma(g1_0, vec4f(v2[2]), d2_2_0);
        d2_3_0 = fma(g1_0, vec4f(v2[3]), d2_3_0);
        let v3 = max((xSlope * x[u32(origin + 3) * 2u + c] + xIntercept), vec4f(0.0));
        let g2_0 = dz[to + 4u];
        d0_0_0 = fma(g2_0, vec4f(v1[0]), d0_0_0);
        d0_1_0 = fma(g2_0, vec4f(v1[1]), d0_1_0);
        d0_2_0 = fma(g2_0, vec4f(v1[2]), d0_2_0);
        d0_3_0 = fma(g2_0, vec4f(v1[3]), d0_3_0);
        d1_0_0 = fma(g2_0, vec4f(v2[0]), d1_0_0);
        d1_1_0 = fma(g2_0, vec4f(v2[1]), d1_1_0);
        d1_2_0 = fma(g2_0, vec4f(v2[2]), d1_2_0);
        d1_3_0 = fma(g2_0, vec4f(v2[3]), d1_3_0);
        d2_0_0 = fma(g2_0, vec4f(v3[0]), d2_0_0);
        d2_1_0 = fma(g2_0, vec4f(v3[1]), d2_1_0);
        d2_2_0 = fma(g2_0, vec4f(v3[2]), d2_2_0);
        d2_3_0 = fma(g2_0, vec4f(v3[3]), d2_3_0);
        let v4 = max((xSlope * x[u32(origin + 4) * 2u + c] + xIntercept), vec4f(0.0));
        let g3_0 = dz[to + 6u];
        d0_0_0 = fma(g3_0, vec4f(v2[0]), d0_0_0);
        d0_1_0 = fma(g3_0, vec4f(v2[1]), d0_1_0);
        d0_2_0 = fma(g3_0, vec4f(v2[2]), d0_2_0);
        d0_3_0 = fma(g3_0, vec4f(v2[3]), d0_3_0);
        d1_0_0 = fma(g3_0, vec4f(v3[0]), d1_0_0);
        d1_1_0 = fma(g3_0, vec4f(v3[1]), d1_1_0);
        d1_2_0 = fma(g3_0, vec4f(v3[2]), d1_2_0);
        d1_3_0 = fma(g3_0, vec4f(v3[3]), d1_3_0);
        d2_0_0 = fma(g3_0, vec4f(v4[0]), d2_0_0);
        d2_1_0 = fma(g3_0, vec4f(v4[1]), d2_1_0);
        d2_2_0 = fma(g3_0, vec4f(v4[2]), d2_2_0);
        d2_3_0 = fma(g3_0, vec4f(v4[3]), d2_3_0);
        let v5 = max((xSlope * x[u32(origin + 5) * 2u + c] + xIntercept), vec4f(0.0));
        let g4_0 = dz[to + 8u];
        d0_0_0 = fma(g4_0, vec4f(v3[0]), d0_0_0);
        d0_1_0 = fma(g4_0, vec4f(v3[1]), d0_1_0);
        d0_2_0 = fma(g4_0, vec4f(v3[2]), d0_2_0);
        d0_3_0 = fma(g4_0, vec4f(v3[3]), d0_3_0);
        d1_0_0 = fma(g4_0, vec4f(v4[0]), d1_0_0);
        d1_1_0 = fma(g4_0, vec4f(v4[1]), d1_1_0);
        d1_2_0 = fma(g4_0, vec4f(v4[2]), d1_2_0);
        d1_3_0 = fma(g4_0, vec4f(v4[3]), d1_3_0);
        d2_0_0 = fma(g4_0, vec4f(v5[0]), d2_0_0);
        d2_1_0 = fma(g4_0, vec4f(v5[1]), d2_1_0);
        d2_2_0 = fma(g4_0, vec4f(v5[2]), d2_2_0);
        d2_3_0 = fma(g4_0, vec4f(v5[3]), d2_3_0);
        let v6 = max((xSlope * x[u32(origin + 6) * 2u + c] + xIntercept), vec4f(0.0));
        let g5_0 = dz[to + 10u];
        d0_0_0 = fma(g5_0, vec4f(v4[0]), d0_0_0);
        d0_1_0 = fma(g5_0, vec4f(v4[1]), d0_1_0);
        d0_2_0 = fma(g5_0, vec4f(v4[2]), d0_2_0);
        d0_3_0 = fma(g5_0, vec4f(v4[3]), d0_3_0);
        d1_0_0 = fma(g5_0, vec4f(v5[0]), d1_0_0);
        d1_1_0 = fma(g5_0, vec4f(v5[1]), d1_1_0);
        d1_2_0 = fma(g5_0, vec4f(v5[2]), d1_2_0);
        d1_3_0 = fma(g5_0, vec4f(v5[3]), d1_3_0);
        d2_0_0 = fma(g5_0, vec4f(v6[0]), d2_0_0);
        d2_1_0 = fma(g5_0, vec4f(v6[1]), d2_1_0);
        d2_2_0 = fma(g5_0, vec4f(v6[2]), d2_2_0);
        d2_3_0 = fma(g5_0, vec4f(v6[3]), d2_3_0);
        var v7 = vec4f();
        if (baseColumn < 7) { v7 = max((xSlope * x[u32(origin + 7) * 2u + c] + xIntercept), vec4f(0.0)); }
        let g6_0 = dz[to + 12u];
        d0_0_0 = fma(g6_0, vec4f(v5[0]), d0_0_0);
        d0_1_0 = fma(g6_0, vec4f(v5[1]), d0_1_0);
        d0_2_0 = fma(g6_0, vec4f(v5[2]), d0_2_0);
        d0_3_0 = fma(g6_0, vec4f(v5[3]), d0_3_0);
        d1_0_0 = fma(g6_0, vec4f(v6[0]), d1_0_0);
        d1_1_0 = fma(g6_0, vec4f(v6[1]), d1_1_0);
        d1_2_0 = fma(g6_0, vec4f(v6[2]), d1_2_0);
        d1_3_0 = fma(g6_0, vec4f(v6[3]), d1_3_0);
        d2_0_0 = fma(g6_0, vec4f(v7[0]), d2_0_0);
        d2_1_0 = fma(g6_0, vec4f(v7[1]), d2_1_0);
        d2_2_0 = fma(g6_0, vec4f(v7[2]), d2_2_0);
        d2_3_0 = fma(g6_0, vec4f(v7[3]), d2_3_0);
      }
    }
  }
  shared4[0u + local] = d0_0_0;
  shared4[64u + local] = d0_1_0;
  shared4[128u + local] = d0_2_0;
  shared4[192u + local] = d0_3_0;
  shared4[256u + local] = d1_0_0;
  shared4[320u + local] = d1_1_0;
  shared4[384u + local] = d1_2_0;
  shared4[448u + local] = d1_3_0;
  workgroupBarrier();
  if (local < 64u && firstTile + local % 8u < 12u) {
    let number = 0u + local / 8u;
    let firstPack = (firstTile + local % 8u) % 2u * 1u;
    let c = (firstTile + local % 8u) / 2u % 2u;
    let ky = i32((firstTile + local % 8u) / 4u % 3u);
    var sum = vec4f();
    for (var other = 0u; other < 8u; other++) {
      sum += shared4[local / 8u * 64u + other * 8u + local % 8u];
    }
    partial[split * 144u + ((u32(ky) * 3u + number / 4u) * 8u + c * 4u + number / 1u % 4u) * 2u + firstPack + number % 1u] = sum;
  }
  workgroupBarrier();
  shared4[0u + local] = d2_0_0;
  shared4[64u + local] = d2_1_0;
  shared4[128u + local] = d2_2_0;
  shared4[192u + local] = d2_3_0;
  workgroupBarrier();
  if (local < 32u && firstTile + local % 8u < 12u) {
    let number = 8u + local / 8u;
    let firstPack = (firstTile + local % 8u) % 2u * 1u;
    let c = (firstTile + local % 8u) / 2u % 2u;
    let ky = i32((firstTile + local % 8u) / 4u % 3u);
    var sum = vec4f();
    for (var other = 0u; other < 8u; other++) {
      sum += shared4[local / 8u * 64u + other * 8u + local % 8u];
    }
    partial[split * 144u + ((u32(ky) * 3u + number / 4u) * 8u + c * 4u + number / 1u % 4u) * 2u + firstPack + number % 1u] = sum;
  }
}
fn gradientByInput(workgroup: vec2u, local: u32) {
  let id = workgroup.x * 64u + local;
  let runs = run.images * 28u;
  let working = id < runs;
  let image = id / 28u;
  let row = i32(id / 2u % 14u);
  let x0 = i32(id % 2u) * 7;
  let firstPack = workgroup.y * 1u;
  var a0_0 = vec4f();
  var a1_0 = vec4f();
  var a2_0 = vec4f();
  var a3_0 = vec4f();
  var a4_0 = vec4f();
  var a5_0 = vec4f();
  var a6_0 = vec4f();
  if (working) {
    for (var ky = 0; ky < 3; ky++) {
      let fromRow = row + 1 - ky;
      if (fromRow < 0 || fromRow >= 14) { continue; }
      let baseColumn = x0;
      let origin = (i32(image * 14u) + fromRow) * 14 + baseColumn;
      {
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = dz[u32(origin + -1) * 2u + 0u]; }
        let v0 = dz[u32(origin + 0) * 2u + 0u];
        let v1 = dz[u32(origin + 1) * 2u + 0u];
        let v2 = dz[u32(origin + 2) * 2u + 0u];
        let v3 = dz[u32(origin + 3) * 2u + 0u];
        let v4 = dz[u32(origin + 4) * 2u + 0u];
        let v5 = dz[u32(origin + 5) * 2u + 0u];
        let v6 = dz[u32(origin + 6) * 2u + 0u];
        var v7 = vec4f();
        if (baseColumn < 7) { v7 = dz[u32(origin + 7) * 2u + 0u]; }
        {
          let m = transpose(mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 0u]));
          a0_0 = fma(m[0], vec4f(v1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v2[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v2[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v2[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v2[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v3[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v3[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v3[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v3[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v4[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v4[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v4[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v4[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v5[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v5[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v5[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v5[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v6[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v6[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v6[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v6[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v7[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v7[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v7[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v7[3]), a6_0);
        }
        {
          let m = transpose(mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 0u]));
          a0_0 = fma(m[0], vec4f(v0[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v0[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v0[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v0[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v1[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v1[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v1[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v1[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v2[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v2[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v2[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v2[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v3[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v3[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v3[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v3[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v4[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v4[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v4[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v4[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v5[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v5[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v5[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v5[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v6[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v6[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v6[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v6[3]), a6_0);
        }
        {
          let m = transpose(mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 0u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 0u]));
          a0_0 = fma(m[0], vec4f(vm1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(vm1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(vm1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(vm1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v0[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v0[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v0[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v0[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v1[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v1[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v1[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v1[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v2[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v2[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v2[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v2[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v3[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v3[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v3[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v3[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v4[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v4[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v4[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v4[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v5[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v5[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v5[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v5[3]), a6_0);
        }
      }
      {
        var vm1 = vec4f();
        if (baseColumn >= 1) { vm1 = dz[u32(origin + -1) * 2u + 1u]; }
        let v0 = dz[u32(origin + 0) * 2u + 1u];
        let v1 = dz[u32(origin + 1) * 2u + 1u];
        let v2 = dz[u32(origin + 2) * 2u + 1u];
        let v3 = dz[u32(origin + 3) * 2u + 1u];
        let v4 = dz[u32(origin + 4) * 2u + 1u];
        let v5 = dz[u32(origin + 5) * 2u + 1u];
        let v6 = dz[u32(origin + 6) * 2u + 1u];
        var v7 = vec4f();
        if (baseColumn < 7) { v7 = dz[u32(origin + 7) * 2u + 1u]; }
        {
          let m = transpose(mat4x4f(w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 0u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 1u]));
          a0_0 = fma(m[0], vec4f(v1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v2[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v2[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v2[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v2[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v3[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v3[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v3[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v3[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v4[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v4[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v4[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v4[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v5[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v5[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v5[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v5[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v6[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v6[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v6[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v6[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v7[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v7[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v7[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v7[3]), a6_0);
        }
        {
          let m = transpose(mat4x4f(w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 1u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 1u]));
          a0_0 = fma(m[0], vec4f(v0[0]), a0_0);
          a0_0 = fma(m[1], vec4f(v0[1]), a0_0);
          a0_0 = fma(m[2], vec4f(v0[2]), a0_0);
          a0_0 = fma(m[3], vec4f(v0[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v1[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v1[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v1[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v1[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v2[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v2[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v2[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v2[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v3[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v3[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v3[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v3[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v4[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v4[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v4[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v4[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v5[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v5[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v5[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v5[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v6[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v6[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v6[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v6[3]), a6_0);
        }
        {
          let m = transpose(mat4x4f(w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 0u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 1u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 2u) * 2u + 1u], w[(u32(ky) * 3u + 2u) * 16u + ((firstPack + 0u) * 4u + 3u) * 2u + 1u]));
          a0_0 = fma(m[0], vec4f(vm1[0]), a0_0);
          a0_0 = fma(m[1], vec4f(vm1[1]), a0_0);
          a0_0 = fma(m[2], vec4f(vm1[2]), a0_0);
          a0_0 = fma(m[3], vec4f(vm1[3]), a0_0);
          a1_0 = fma(m[0], vec4f(v0[0]), a1_0);
          a1_0 = fma(m[1], vec4f(v0[1]), a1_0);
          a1_0 = fma(m[2], vec4f(v0[2]), a1_0);
          a1_0 = fma(m[3], vec4f(v0[3]), a1_0);
          a2_0 = fma(m[0], vec4f(v1[0]), a2_0);
          a2_0 = fma(m[1], vec4f(v1[1]), a2_0);
          a2_0 = fma(m[2], vec4f(v1[2]), a2_0);
          a2_0 = fma(m[3], vec4f(v1[3]), a2_0);
          a3_0 = fma(m[0], vec4f(v2[0]), a3_0);
          a3_0 = fma(m[1], vec4f(v2[1]), a3_0);
          a3_0 = fma(m[2], vec4f(v2[2]), a3_0);
          a3_0 = fma(m[3], vec4f(v2[3]), a3_0);
          a4_0 = fma(m[0], vec4f(v3[0]), a4_0);
          a4_0 = fma(m[1], vec4f(v3[1]), a4_0);
          a4_0 = fma(m[2], vec4f(v3[2]), a4_0);
          a4_0 = fma(m[3], vec4f(v3[3]), a4_0);
          a5_0 = fma(m[0], vec4f(v4[0]), a5_0);
          a5_0 = fma(m[1], vec4f(v4[1]), a5_0);
          a5_0 = fma(m[2], vec4f(v4[2]), a5_0);
          a5_0 = fma(m[3], vec4f(v4[3]), a5_0);
          a6_0 = fma(m[0], vec4f(v5[0]), a6_0);
          a6_0 = fma(m[1], vec4f(v5[1]), a6_0);
          a6_0 = fma(m[2], vec4f(v5[2]), a6_0);
          a6_0 = fma(m[3], vec4f(v5[3]), a6_0);
        }
      }
    }
  }
  {
    let pack = firstPack + 0u;
    var total = vec4f();
    var along = vec4f();
    if (working) {
      let zMean = zNorm[0u + pack];
      let zInverseStd = zNorm[2u + pack];
      let zSlope = zNorm[4u + pack];
      let zIntercept = zNorm[6u + pack];
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 0u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        a0_0 += addend[at];
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a0_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a0_0;
        total += a0_0;
        along += a0_0 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 1u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        a1_0 += addend[at];
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a1_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a1_0;
        total += a1_0;
        along += a1_0 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 2u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        a2_0 += addend[at];
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a2_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a2_0;
        total += a2_0;
        along += a2_0 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 3u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        a3_0 += addend[at];
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a3_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a3_0;
        total += a3_0;
        along += a3_0 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 4u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        a4_0 += addend[at];
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a4_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a4_0;
        total += a4_0;
        along += a4_0 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 5u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        a5_0 += addend[at];
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a5_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a5_0;
        total += a5_0;
        along += a5_0 * ((raw - zMean) * zInverseStd);
      }
      {
        let pixelRow = u32(row);
        let pixelColumn = u32(x0) + 6u;
        let at = ((image * 14u + pixelRow) * 14u + pixelColumn) * 2u + pack;
        a6_0 += addend[at];
        let raw = z[at];
        let out = max((zSlope * raw + zIntercept), vec4f(0.0));
        a6_0 *= select(vec4f(0.0), vec4f(1.0), out > vec4f(0.0));
        g[at] = a6_0;
        total += a6_0;
        along += a6_0 * ((raw - zMean) * zInverseStd);
      }
    }
    {
      let part = workgroup.x;
      let totalOfAll = workgroupSum(total, local);
      let alongOfAll = workgroupSum(along, local);
      if (local == 0u) {
        sums[(part * 2u + pack) * 2u] = totalOfAll;
        sums[(part * 2u + pack) * 2u + 1u] = alongOfAll;
      }
    }
  }
}
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) local: u32) {
  if (workgroup.x < 112u) { gradientByFilter(workgroup.xy, local); }
  else {
    let other = workgroup.x - 112u;
    gradientByInput(vec2u(other / 2u, other % 2u), local);
  }
}
