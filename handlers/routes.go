package handlers

import (
	"slices"

	"github.com/gin-gonic/gin"
)

// route is one line of the map.
type route struct {
	method string
	path   string
	who    who
	do     act
	limit  int64 // of the body in bytes; 0 is maxForm
}

// routes is the whole map: what can be asked, and who may ask it.
func (s *Server) routes() []route {
	return slices.Concat(s.openRoutes(), s.installationRoutes(), s.municipalityRoutes(), s.recordRoutes(), s.resultRoutes(), s.surveyRoutes())
}

// openRoutes are everybody's: signing in and the state of the server.
func (s *Server) openRoutes() []route {
	return []route{
		{"GET", "/healthz", anyone, s.healthy, 0},
		{"GET", "/readyz", anyone, s.ready, 0},
		{"GET", "/favicon.ico", anyone, s.favicon, 0},
		{"GET", "/robots.txt", anyone, s.robots, 0},
		{"GET", "/language/:code", anyone, s.chooseLanguage, 0},
		{"GET", "/", anyone, s.showHome, 0},

		{"GET", "/sign-in", anyone, s.showSignIn, 0},
		{"POST", "/sign-in", anyone, s.signIn, 0},
		{"POST", "/sign-out", anyone, s.signOut, 0},
		{"GET", "/set-up/:token", anyone, s.showSetUp, 0},
		{"POST", "/set-up/:token", anyone, s.setUp, 0},
		{"GET", "/reset/:token", anyone, s.showReset, 0},
		{"POST", "/reset/:token", anyone, s.reset, 0},
		{"GET", "/account", member, s.showOwnAccount, 0},
		{"POST", "/account/password", member, s.changePassword, 0},
		{"POST", "/account/devices", member, s.signOutDevice, 0},
	}
}

// installationRoutes are the whole installation's: accounts, the starter list, municipalities.
func (s *Server) installationRoutes() []route {
	return []route{
		{"GET", "/accounts", staff, s.showAccounts, 0},
		{"GET", "/accounts/new", staff, s.showNewAccount, 0},
		{"POST", "/accounts", staff, s.addAccount, 0},
		{"GET", "/accounts/:id", staff, s.showAccount, 0},
		{"POST", "/accounts/:id", staff, s.saveAccount, 0},
		{"POST", "/accounts/:id/link", staff, s.issueLink, 0},
		{"GET", "/starters", admins, s.showStarters, 0},
		{"POST", "/starters", admins, s.saveStarters, 0},
		{"GET", "/audit", admins, s.showWholeAudit, 0},
	}
}

// municipalityRoutes are a municipality's and its rounds' set-up.
func (s *Server) municipalityRoutes() []route {
	return []route{
		{"GET", "/municipalities", admins, s.showMunicipalities, 0},
		{"POST", "/municipalities", admins, s.addMunicipality, 0},
		{"GET", "/:municipality", inhabitants, s.showMunicipality, 0},
		{"GET", "/:municipality/edit", admins, s.showMunicipalityForm, 0},
		{"POST", "/:municipality/edit", admins, s.saveMunicipality, 0},
		{"POST", "/:municipality/archive", admins, s.archiveMunicipality, 0},
		{"POST", "/:municipality/delete", admins, s.deleteMunicipality, 0},
		{"GET", "/:municipality/villages", staff, s.showVillages, 0},
		{"POST", "/:municipality/villages", staff, s.saveVillage, 0},
		{"POST", "/:municipality/villages/:id/delete", staff, s.deleteVillage, 0},
		{"GET", "/:municipality/population", staff, s.showPopulation, 0},
		{"POST", "/:municipality/population", staff, s.savePopulation, 0},
		{"GET", "/:municipality/audit", staff, s.showAudit, 0},

		{"GET", "/:municipality/rounds/new", staff, s.showNewRound, 0},
		{"POST", "/:municipality/rounds", staff, s.addRound, 0},
		{"GET", "/:municipality/rounds/:id", inhabitants, s.showRound, 0},
		{"GET", "/:municipality/rounds/:id/edit", staff, s.showRoundForm, 0},
		{"POST", "/:municipality/rounds/:id/edit", staff, s.saveRound, 0},
		{"POST", "/:municipality/rounds/:id/copy", staff, s.copyRound, 0},
		{"POST", "/:municipality/rounds/:id/archive", staff, s.archiveRound, 0},
		{"POST", "/:municipality/rounds/:id/delete", staff, s.deleteRound, 0},
	}
}

// recordRoutes are the work of a focus group: its problems and its sessions.
func (s *Server) recordRoutes() []route {
	return []route{
		{"GET", "/:municipality/rounds/:id/problems", recorders, s.showProblems, 0},
		{"POST", "/:municipality/rounds/:id/problems", recorders, s.addProblem, 0},
		{"POST", "/:municipality/rounds/:id/problems/starters", staff, s.addStarters, 0},
		{"GET", "/:municipality/problems/:id", recorders, s.showProblem, 0},
		{"POST", "/:municipality/problems/:id", staff, s.saveProblem, 0},
		{"POST", "/:municipality/problems/:id/merge", staff, s.mergeProblem, 0},
		{"POST", "/:municipality/problems/:id/split", staff, s.splitProblem, 0},

		{"GET", "/:municipality/rounds/:id/sessions", recorders, s.showSessions, 0},
		{"GET", "/:municipality/rounds/:id/sessions/new", recorders, s.showNewSession, 0},
		{"POST", "/:municipality/rounds/:id/sessions", recorders, s.openSession, 0},
		{"GET", "/:municipality/sessions/:id", recorders, s.showSession, 0},
		{"GET", "/:municipality/sessions/:id/presence", recorders, s.showPresence, 0},
		{"GET", "/:municipality/sessions/:id/list", recorders, s.showSessionList, 0},
		{"POST", "/:municipality/sessions/:id/list", recorders, s.addToSessionList, 0},
		{"GET", "/:municipality/sessions/:id/record", recorders, s.showRecord, 0},
		{"GET", "/:municipality/sessions/:id/notes", recorders, s.showNotes, 0},
		{"POST", "/:municipality/sessions/:id/entries", recorders, s.addEntries, 0},
		{"POST", "/:municipality/sessions/:id/undo", recorders, s.undo, 0},
		{"POST", "/:municipality/sessions/:id/redact", staff, s.redact, 0},
		{"GET", "/:municipality/sessions/:id/paper", staff, s.showPaper, 0},
		{"POST", "/:municipality/sessions/:id/paper", staff, s.keepPaper, 0},
		{"GET", "/:municipality/sessions/:id/blank", recorders, s.showBlank, 0},
		{"GET", "/:municipality/sessions/:id/protocol", recorders, s.showProtocol, 0},
		{"GET", "/:municipality/sessions/:id/history", recorders, s.showHistory, 0},
		{"GET", "/:municipality/sessions/:id/close", recorders, s.showClosing, 0},
		{"POST", "/:municipality/sessions/:id/close", recorders, s.closeSession, 0},
		{"POST", "/:municipality/sessions/:id/reopen", staff, s.reopenSession, 0},
		{"GET", "/:municipality/sessions/:id/consent", recorders, s.showConsent, 0},
		{"POST", "/:municipality/sessions/:id/consent", recorders, s.saveConsent, 0},
		{"GET", "/:municipality/sessions/:id/head", staff, s.showHead, 0},
		{"POST", "/:municipality/sessions/:id/head", staff, s.saveHead, 0},
		{"POST", "/:municipality/sessions/:id/archive", staff, s.archiveSession, 0},
		{"POST", "/:municipality/sessions/:id/delete", staff, s.deleteSession, 0},
	}
}

// resultRoutes are what came of it: the ranking, and ballots in and out.
func (s *Server) resultRoutes() []route {
	return []route{
		{"GET", "/:municipality/rounds/:id/ranking", readers, s.showRanking, 0},
		{"GET", "/:municipality/rounds/:id/ranking.json", readers, s.rankingJSON, 0},
		{"GET", "/:municipality/rounds/:id/ranking.csv", readers, s.rankingCSV, 0},
		{"GET", "/:municipality/rounds/:id/ranking.xlsx", readers, s.rankingXLSX, 0},
		{"GET", "/:municipality/rounds/:id/ranking.pdf", readers, s.rankingPDF, 0},
		{"GET", "/:municipality/rounds/:id/ranking/rounds", readers, s.showRounds, 0},
		{"GET", "/:municipality/rounds/:id/projector", readers, s.showProjector, 0},

		{"GET", "/:municipality/rounds/:id/import", staff, s.showImports, 0},
		{"POST", "/:municipality/rounds/:id/import", staff, s.importFile, maxImport},
		{"GET", "/:municipality/imports/:id", staff, s.showImport, 0},
		{"POST", "/:municipality/imports/:id/bring", staff, s.bringIn, 0},
		{"POST", "/:municipality/imports/:id/undo", staff, s.undoImport, 0},
		{"GET", "/:municipality/rounds/:id/ballots.pb", staff, s.ballotsPB, 0},
		{"GET", "/:municipality/rounds/:id/ballots.csv", staff, s.ballotsCSV, 0},
	}
}

// maxImport bounds a file of ballots in bytes.
const maxImport = 64 << 20

func (s *Server) route(engine *gin.Engine) {
	for _, r := range s.routes() {
		limit := r.limit
		if limit == 0 {
			limit = maxForm
		}
		engine.Handle(r.method, r.path, s.does(r.who, limit, r.do))
		if r.method == "GET" {
			engine.Handle("HEAD", r.path, s.does(r.who, limit, r.do))
		}
	}
	engine.NoRoute(s.does(anyone, maxForm, s.missing))
	engine.NoMethod(s.does(anyone, maxForm, s.wrongMethod))
}
