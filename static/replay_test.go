package static

import (
	"os/exec"
	"testing"
)

func TestReplayAndProjectorDoWhatTheySay(t *testing.T) {
	if out, err := exec.Command(node(t), "--test", "replay.test.mjs").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
