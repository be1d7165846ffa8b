package charts
import ("testing";"os";"fmt")
func TestTry(t *testing.T){
 d := Dots{Title:"Switch: time per one-way switch", Axis: Axis{Label:"seconds per switch (log)", Log:true, Format: func(v float64)string{return fmt.Sprintf("%.3g ns", v*1e9)}},
 Groups: []Group{{Label:"via=yield cpu=same", Rows: []Row{{Arm:"serial",Label:"serial",Unavailable:true,Text:"refused: the ledger is wrong"},{Arm:"coroutine",Label:"coroutine",Text:"93 ns",Values:[]float64{90e-9,93e-9,99e-9},Median:93e-9,Lo:90e-9,Hi:99e-9},{Arm:"threads",Label:"threads",Text:"4.1 µs",Values:[]float64{3.9e-6,4.1e-6,5e-6},Median:4.1e-6,Lo:3.9e-6,Hi:5e-6,Range:true},{Arm:"threads/gil=off",Label:"threads/gil=off",Text:"4.1 µs",Median:4.1e-6,Lo:3.1e-6,Hi:5e-6},{Arm:"goroutine",Label:"goroutine",Text:"180 ns",Median:180e-9,Lo:170e-9,Hi:190e-9},{Arm:"goroutine/procs=1",Label:"goroutine/procs=1",Text:"180 ns",Median:180e-9,Lo:170e-9,Hi:190e-9}}},
 {Label:"via=handoff <&> cpu=same", Rows: []Row{{Arm:"serial",Label:"serial",Text:"12 ns",Median:12e-9,Lo:11e-9,Hi:14e-9},{Arm:"fibers",Label:"fibers",Text:"93 ns",Median:93e-9,Lo:80e-9,Hi:99e-9}}}},
 Refs: []Ref{{1e-6,"1 µs"}}}
 im, err := Render("x", d); if err!=nil {t.Fatal(err)}
 os.WriteFile("/tmp/x.png", im.PNG, 0644); os.WriteFile("/tmp/x.svg", im.SVG, 0644); os.WriteFile("/tmp/x.html", []byte(im.Inline), 0644)
}
