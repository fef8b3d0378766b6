package handlers

// beside does two things side by side. Trouble in either is the caller's, who
// answers for one request: in a goroutine of its own it would end the server.
func beside(other, own func()) {
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		other()
	}()
	defer func() {
		if trouble := <-done; trouble != nil {
			panic(trouble)
		}
	}()
	own()
}
