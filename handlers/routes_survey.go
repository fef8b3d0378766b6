package handlers

import "slices"

// surveyRoutes are the open surveys: what residents answer, what staff build,
// read and print.
func (s *Server) surveyRoutes() []route {
	return slices.Concat(s.residentRoutes(), s.buildRoutes(), s.resultSurveyRoutes(), s.paperSurveyRoutes())
}
